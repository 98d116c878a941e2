import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";

export const GAIN_BOOST_CITATION =
  "Sackinger, Guggenbuhl, A high-swing, high-impedance MOS cascode circuit, IEEE J. Solid-State Circuits 25 (1990)";

/** A cascode transistor of the view's n type whose gate a common-source amplifier regulates; draws both. */
export function drawRegulatedCascode(view: Schematic, bias: Bias, drain: string, source: string): void {
  const gate = view.net();
  view.n(drain, gate, source);
  view.n(gate, source, view.low);
  view.p(gate, bias.level(view.mirror, "source"), view.high);
}
