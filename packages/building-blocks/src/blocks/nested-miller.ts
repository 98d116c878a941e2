import type { Bias } from "./bias.js";
import type { FirstStage } from "./first-stage.js";

export const NESTED_MILLER_CITATION =
  "Eschauzier, Kerklaan, Huijsing, A 100-MHz 100-dB operational amplifier with multipath nested Miller compensation structure, IEEE J. Solid-State Circuits 27 (1992)";

/** A non-inverting and an inverting stage behind the first one, with a capacitor from the output round each inverting path. */
export function drawNestedMillerStages(bias: Bias, first: FirstStage, output: string): void {
  const view = first.drives;
  const folded = view.net();
  const second = view.net();
  view.n(folded, first.output, view.low);
  view.p(folded, folded, view.high);
  view.p(second, folded, view.high);
  view.n(second, bias.level(view, "source"), view.low);
  view.n(output, second, view.low);
  view.p(output, bias.level(view.mirror, "source"), view.high);
  view.capacitor(output, first.output);
  view.capacitor(output, second);
}
