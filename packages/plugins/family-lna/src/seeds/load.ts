import type { Schematic } from "@topogenie/building-blocks";

export const loads = ["coil", "tank", "shunt-peaked", "damped-coil", "resistor"] as const;
/** What the output current flows into. */
export type Load = (typeof loads)[number];

export const loadTitles: Readonly<Record<Load, string>> = {
  coil: "coil load",
  tank: "tank load",
  "shunt-peaked": "shunt-peaked load",
  "damped-coil": "coil load damped by a resistor",
  resistor: "resistor load",
};

export const loadCitations: Readonly<Record<Load, string | undefined>> = {
  coil: undefined,
  tank: undefined,
  "shunt-peaked": "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 9 (shunt peaking)",
  "damped-coil": undefined,
  resistor: undefined,
};

/** A load between the high rail and `output`. */
export function drawLoad(view: Schematic, load: Load, output: string): void {
  if (load === "shunt-peaked") {
    const middle = view.net();
    view.inductor(view.high, middle);
    view.resistor(middle, output);
    return;
  }
  if (load === "resistor") view.resistor(view.high, output);
  else view.inductor(view.high, output);
  if (load === "tank") view.capacitor(view.high, output);
  if (load === "damped-coil") view.resistor(view.high, output);
}
