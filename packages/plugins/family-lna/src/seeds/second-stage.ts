import type { Schematic } from "@topogenie/building-blocks";

export const SECOND_STAGE_TITLE = "common-source second stage with coil load";

/** A common source from the net `from`, behind a coupling capacitor, to the net `to`. */
export function drawSecondStage(view: Schematic, from: string, to: string): void {
  const gate = view.net();
  view.capacitor(from, gate);
  view.resistor(gate, view.port("VB"));
  view.n(to, gate, view.low);
  view.inductor(view.high, to);
}
