import type { Schematic } from "@topogenie/building-blocks";

export const feedbacks = ["divider", "unity", "feedforward", "diodes"] as const;
export type Feedback = (typeof feedbacks)[number];

export const feedbackTitles: Readonly<Record<Feedback, string>> = {
  divider: "resistive feedback",
  unity: "unity feedback",
  feedforward: "resistive feedback with feedforward capacitor",
  diodes: "feedback through diode-connected transistors",
};

export const feedbackCitations: Readonly<Record<Feedback, string | undefined>> = {
  divider: undefined,
  unity: undefined,
  feedforward:
    "Chava, Silva-Martinez, A frequency compensation scheme for LDO voltage regulators, IEEE Trans. Circuits Syst. I 51 (2004)",
  diodes: "Allen, Holberg, CMOS Analog Circuit Design, ch. 4 (voltage division by diode-connected transistors)",
};

/** Draws what divides the output; returns the net to be held at the reference. */
export function drawFeedback(view: Schematic, output: string, feedback: Feedback): string {
  if (feedback === "unity") return output;
  const sensed = view.net();
  if (feedback === "diodes") {
    view.p(sensed, sensed, output, output);
    view.p(view.low, view.low, sensed, sensed);
    return sensed;
  }
  view.resistor(output, sensed);
  view.resistor(sensed, view.low);
  if (feedback === "feedforward") view.capacitor(output, sensed);
  return sensed;
}
