import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";

export const commonModeFeedbacks = ["bias", "resistive", "amplifier", "triode"] as const;
export type CommonModeFeedback = (typeof commonModeFeedbacks)[number];

export const commonModeFeedbackTitles: Readonly<Record<CommonModeFeedback, string>> = {
  bias: "output common mode set by a bias line",
  resistive: "self-biased loads through averaging resistors",
  amplifier: "common-mode feedback amplifier",
  triode: "common-mode feedback by triode devices",
};

const RAZAVI = "Razavi, Design of Analog CMOS Integrated Circuits, ch. 9 (common-mode feedback)";

export const commonModeFeedbackCitations: Readonly<Record<CommonModeFeedback, string>> = {
  bias: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 9 (fully differential op amps)",
  resistive: RAZAVI,
  amplifier: RAZAVI,
  triode: RAZAVI,
};

/** Gate net of the current sources on the high rail that hold the two outputs up. */
export function drawLoadGate(
  view: Schematic,
  bias: Bias,
  outputs: readonly [string, string],
  feedback: CommonModeFeedback,
): string {
  if (feedback === "bias" || feedback === "triode") return bias.level(view.mirror, "source");
  const average = view.net();
  for (const output of outputs) view.resistor(output, average);
  if (feedback === "resistive") return average;
  // The pair compares the outputs' average with VCM; its diode-connected load is the reference of the loads' mirror.
  const tail = view.net();
  const idle = view.net();
  const gate = view.net();
  view.n(tail, bias.level(view, "source"), view.low);
  view.n(idle, average, tail);
  view.n(gate, view.port("VCM"), tail);
  view.p(idle, idle, view.high);
  view.p(gate, gate, view.high);
  return gate;
}

/** A tail source standing on two triode devices that the outputs steer. Returns the tail net. */
export function drawTriodeTail(view: Schematic, bias: Bias, outputs: readonly [string, string]): string {
  const tail = view.net();
  const sense = view.net();
  view.n(tail, bias.level(view, "source"), sense);
  for (const output of outputs) view.n(sense, output, view.low);
  return tail;
}
