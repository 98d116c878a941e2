import {
  compensationCitations as stageCitations,
  compensationTitles as stageTitles,
  drawCompensation as drawStageCompensation,
  type Bias,
  type FirstStage,
  type Schematic,
} from "@topogenie/building-blocks";

export const compensations = ["none", "miller", "nulling-resistor", "ahuja", "cascode-node", "shunt"] as const;
/** `shunt`: a capacitor from the gate of a follower to ground; the others as between the stages of an op-amp. */
export type Compensation = (typeof compensations)[number];

const RINCON_MORA = "Rincon-Mora, Analog IC Design with Low-Dropout Regulators (internal and external compensation)";

export const compensationTitles: Readonly<Record<Compensation, string>> = {
  none: "compensated at the output",
  miller: stageTitles.miller,
  "nulling-resistor": stageTitles["nulling-resistor"],
  ahuja: stageTitles.ahuja,
  "cascode-node": stageTitles["cascode-node"],
  shunt: "compensated at the pass device's gate",
};

export const compensationCitations: Readonly<Record<Compensation, string | undefined>> = {
  none: RINCON_MORA,
  miller: stageCitations.miller,
  "nulling-resistor": stageCitations["nulling-resistor"],
  ahuja: stageCitations.ahuja,
  "cascode-node": stageCitations["cascode-node"],
  shunt: RINCON_MORA,
};

/** Draws what makes the loop stable. @param view the physical one */
export function drawCompensation(
  view: Schematic,
  bias: Bias,
  first: FirstStage,
  output: string,
  compensation: Compensation,
): void {
  if (compensation === "shunt") view.capacitor(first.output, view.low);
  else drawStageCompensation(bias, first, output, compensation);
}
