import type { Schematic } from "../schematic.js";

export const references = ["current-port", "resistor", "beta-multiplier"] as const;
export type Reference = (typeof references)[number];

export const referenceTitles: Readonly<Record<Reference, string>> = {
  "current-port": "reference current IB1",
  resistor: "resistor-defined reference current",
  "beta-multiplier": "beta-multiplier reference",
};

export const referenceCitations: Readonly<Record<Reference, string>> = {
  "current-port": "Razavi, Design of Analog CMOS Integrated Circuits, ch. 5 (basic current mirrors)",
  resistor: "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 4.4 (biasing)",
  "beta-multiplier":
    "Razavi, Design of Analog CMOS Integrated Circuits, bandgap references chapter (supply-independent biasing with start-up device)",
};

/** Four times the default: two equal transistors would leave the resistor between them no voltage, and the loop no current. */
const DEGENERATED = { w: 20e-6 } as const;
const STARTER = { w: 0.5e-6, l: 10e-6 } as const;

/** Draws the reference branch; returns the gate nets of current sources on the low rail and, where it has one, on the high rail. */
export function drawReference(view: Schematic, reference: Reference): { readonly low: string; readonly high?: string } {
  if (reference === "current-port") {
    const gate = view.port("IB");
    view.n(gate, gate, view.low);
    return { low: gate };
  }
  const gate = view.net();
  view.n(gate, gate, view.low);
  if (reference === "resistor") {
    view.resistor(view.high, gate);
    return { low: gate };
  }
  const high = view.net();
  const degenerated = view.net();
  view.p(gate, high, view.high);
  view.p(high, high, view.high);
  view.n(high, gate, degenerated, view.low, DEGENERATED);
  view.resistor(degenerated, view.low);
  // A diode-connected device between the two gate lines starts the loop; long and narrow, it gives little once that runs.
  view.n(high, high, gate, view.low, STARTER);
  return { low: gate, high };
}
