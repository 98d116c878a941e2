import type { Schematic } from "../schematic.js";

export const startUps = ["resistor", "long-transistor"] as const;
export type StartUp = (typeof startUps)[number];

export const startUpTitles: Readonly<Record<StartUp, string>> = {
  resistor: "start-up through a resistor",
  "long-transistor": "start-up through a long transistor",
};

export const START_UP_CITATION = "Baker, CMOS Circuit Design, Layout, and Simulation, ch. 20 (start-up circuits)";

/**
 * Pulls `pulled` to the low rail until `sensed` has risen by a threshold: an inverter whose weak upper device is a resistor
 * or a long transistor drives the pulling one. `towards` is the rail, when it is not the low one.
 */
export function drawStartUp(view: Schematic, sensed: string, pulled: string, startUp: StartUp, towards = view.low): void {
  const gate = view.net();
  if (startUp === "resistor") view.resistor(view.high, gate, { r: 500e3 });
  else view.p(gate, view.low, view.high, view.high, { w: 0.5e-6, l: 10e-6 });
  // Sized to stop at some 0.6 V: above it a junction conducts, and when hot the junction must still be above it.
  view.n(gate, sensed, view.low, view.low, { w: 1.5e-6, l: 2e-6 });
  if (towards === view.low) view.n(pulled, gate, view.low);
  else view.n(towards, gate, pulled);
}
