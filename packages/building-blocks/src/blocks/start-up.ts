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
  if (startUp === "resistor") view.resistor(view.high, gate);
  else view.p(gate, view.low, view.high);
  view.n(gate, sensed, view.low);
  if (towards === view.low) view.n(pulled, gate, view.low);
  else view.n(towards, gate, pulled);
}
