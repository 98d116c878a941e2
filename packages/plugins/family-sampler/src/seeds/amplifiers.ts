import {
  biasPlans,
  currentMirrorOta,
  drawCompensation,
  drawSecondStage,
  type FirstStageBlock,
  foldedCascode,
  mirrorLoadedPair,
  type Mirror,
  type Schematic,
  telescopic,
} from "@topogenie/building-blocks";

export interface Amplifier {
  readonly title: string;
  readonly citation: string;
  /** Inverting stages are drawn with all nets at mid supply; a telescopic one cannot follow its own input. */
  readonly swing: "wide" | "narrow";
  draw(view: Schematic, inputs: readonly [plus: string, minus: string], output: string): void;
}

/** Bias from ports, and from one current through mirrors. */
const [external, internal] = biasPlans;

function amplifier(
  block: FirstStageBlock,
  title: string,
  {
    mirrored = false,
    mirror = "simple",
    second = false,
    ownBias = true,
    swing = "wide",
  }: { mirrored?: boolean; mirror?: Mirror; second?: boolean; ownBias?: boolean; swing?: Amplifier["swing"] } = {},
): Amplifier {
  return {
    title: `${title}${ownBias ? "" : " with external bias"}`,
    citation: block.citation,
    swing,
    draw: (physical, inputs, output) => {
      const plan = ownBias ? internal : external;
      if (plan === undefined) return;
      const view = mirrored ? physical.mirror : physical;
      const bias = plan.start(physical);
      // A second stage inverts, so the pair's inputs change places.
      const [plus, minus] = inputs;
      const first = block.draw(view, {
        bias,
        inputs: second ? [minus, plus] : [plus, minus],
        pair: "plain",
        tail: "source",
        mirror,
      });
      if (!second) {
        physical.join(first.output, output);
        return;
      }
      drawSecondStage(bias, first, output, "common-source");
      drawCompensation(bias, first, output, "nulling-resistor");
    },
  };
}

export const amplifiers: readonly Amplifier[] = [
  amplifier(mirrorLoadedPair, "five-transistor amplifier"),
  amplifier(mirrorLoadedPair, "p-input five-transistor amplifier", { mirrored: true }),
  amplifier(mirrorLoadedPair, "five-transistor amplifier", { ownBias: false }),
  amplifier(mirrorLoadedPair, "two-stage amplifier", { second: true }),
  amplifier(mirrorLoadedPair, "p-input two-stage amplifier", { second: true, mirrored: true }),
  amplifier(currentMirrorOta, "current-mirror amplifier"),
  amplifier(foldedCascode, "folded-cascode amplifier", { mirror: "wide-swing" }),
  amplifier(foldedCascode, "p-input folded-cascode amplifier", { mirror: "wide-swing", mirrored: true }),
  amplifier(telescopic, "telescopic amplifier", { mirror: "wide-swing", swing: "narrow" }),
];
