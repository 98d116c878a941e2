import {
  type BiasPlan,
  biasPlans,
  type CommonModeFeedback,
  commonModeFeedbackCitations,
  commonModeFeedbacks,
  commonModeFeedbackTitles,
  DIFFERENTIAL_CITATION,
  type DifferentialCore,
  differentialCores,
  differentialCoreTitles,
  distinct,
  drawDifferentialSecondStage,
  drawFullyDifferential,
  Schematic,
  secondStageCitations,
  type Tail,
  tailCitations,
  tailTitles,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";

interface DifferentialRecipe {
  readonly mirrored: boolean;
  readonly plan: BiasPlan;
  readonly core: DifferentialCore;
  readonly feedback: CommonModeFeedback;
  readonly tail: Tail;
  readonly second: "none" | "miller" | "nulling-resistor";
}

/** Only how the bias is made departs from the plain form, and counts one more: all else is in every draw. */
export function* differentialSeeds(limit: number): Generator<SeedTopology> {
  yield* distinct(drawAll(limit));
}

function* drawAll(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes(limit)) {
    number += 1;
    yield drawSeed(recipe, `opamp-differential-${number}`);
  }
}

function* recipes(limit: number): Generator<DifferentialRecipe> {
  for (const core of differentialCores) {
    for (const mirrored of [false, true]) {
      for (const plan of biasPlans.filter((plan) => plan.departures < limit)) {
        for (const feedback of commonModeFeedbacks) {
          // Without feedback a bias line must come from outside, where it can be set.
          if (feedback === "bias" && !plan.external) continue;
          const tails: readonly Tail[] =
            feedback === "triode" ? ["source"] : plan.external ? ["source", "cascode", "port"] : ["source", "cascode"];
          for (const tail of tails) {
            for (const second of feedback === "resistive" && core === "pair"
              ? (["none", "miller", "nulling-resistor"] as const)
              : (["none"] as const)) {
              yield { mirrored, plan, core, feedback, tail, second };
            }
          }
        }
      }
    }
  }
}

function drawSeed({ mirrored, plan, core, feedback, tail, second }: DifferentialRecipe, name: string): SeedTopology {
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const inputs = [physical.port("VIN"), physical.port("VIN")] as const;
  const outputs = [physical.port("VOUT"), physical.port("VOUT")] as const;
  const bias = plan.start(view);
  const inner = second === "none" ? outputs : ([physical.net(), physical.net()] as const);
  drawFullyDifferential(view, bias, inputs, inner, core, feedback, tail);
  if (second !== "none")
    drawDifferentialSecondStage(view, bias, inner, [outputs[1], outputs[0]], "resistive", second === "nulling-resistor");
  const titles = [
    `${mirrored ? "p" : "n"}-input ${differentialCoreTitles[core]}`,
    commonModeFeedbackTitles[feedback],
    tailTitles[tail],
    second === "none"
      ? ""
      : `common-source second stages with Miller compensation${second === "miller" ? "" : " and nulling resistors"}`,
    plan.title,
  ];
  const citations = [
    DIFFERENTIAL_CITATION,
    commonModeFeedbackCitations[feedback],
    tailCitations[tail],
    second === "none" ? undefined : secondStageCitations["common-source"],
    plan.citation,
  ];
  return {
    circuit: physical.toCircuit(name),
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.filter((citation) => citation !== undefined))].join("; "),
  };
}
