import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import { drawLoadGate, drawTriodeTail, type CommonModeFeedback } from "./common-mode-feedback.js";
import { drawSink, drawTail, type Tail } from "./tail.js";

export const differentialCores = ["pair", "cascode-load", "telescopic", "folded"] as const;
export type DifferentialCore = (typeof differentialCores)[number];

export const differentialCoreTitles: Readonly<Record<DifferentialCore, string>> = {
  pair: "fully differential pair with current-source loads",
  "cascode-load": "fully differential pair with cascoded loads",
  telescopic: "fully differential telescopic cascode",
  folded: "fully differential folded cascode",
};

export const DIFFERENTIAL_CITATION = "Razavi, Design of Analog CMOS Integrated Circuits, ch. 9 (fully differential op amps)";

/** Draws a fully differential stage; `outputs[0]` follows `inputs[0]` without inversion. */
export function drawFullyDifferential(
  view: Schematic,
  bias: Bias,
  inputs: readonly [string, string],
  outputs: readonly [string, string],
  core: DifferentialCore,
  feedback: CommonModeFeedback,
  tail: Tail,
): void {
  const gate = drawLoadGate(view, bias, outputs, feedback);
  const common = feedback === "triode" ? drawTriodeTail(view, bias, outputs) : drawTail(view, bias, tail);
  for (const side of [0, 1] as const) {
    const input = inputs[side];
    const output = outputs[side === 0 ? 1 : 0];
    switch (core) {
      case "pair":
        view.n(output, input, common);
        view.p(output, gate, view.high);
        break;
      case "cascode-load":
        view.n(output, input, common);
        drawCascodedLoad(view, bias, gate, output);
        break;
      case "telescopic": {
        const middle = view.net();
        view.n(middle, input, common);
        view.n(output, bias.level(view, "stack"), middle);
        drawCascodedLoad(view, bias, gate, output);
        break;
      }
      case "folded": {
        const fold = view.net();
        view.n(fold, input, common);
        view.p(fold, gate, view.high);
        view.p(output, bias.level(view.mirror, "cascode"), fold);
        drawSink(view, bias, output, true);
        break;
      }
    }
  }
}

function drawCascodedLoad(view: Schematic, bias: Bias, gate: string, output: string): void {
  const middle = view.net();
  view.p(middle, gate, view.high);
  view.p(output, bias.level(view.mirror, "cascode"), middle);
}

/** A common-source stage behind each output, its loads biased by the average of the two; Miller capacitors where wanted. */
export function drawDifferentialSecondStage(
  view: Schematic,
  bias: Bias,
  inputs: readonly [string, string],
  outputs: readonly [string, string],
  feedback: "bias" | "resistive",
  nulled: boolean,
): void {
  const gate = drawLoadGate(view.mirror, bias, outputs, feedback);
  for (const side of [0, 1] as const) {
    view.p(outputs[side], inputs[side], view.high);
    view.n(outputs[side], gate, view.low);
    if (nulled) {
      const middle = view.net();
      view.resistor(inputs[side], middle);
      view.capacitor(middle, outputs[side]);
    } else view.capacitor(inputs[side], outputs[side]);
  }
}
