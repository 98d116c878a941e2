import {
  type BiasPlan,
  biasPlans,
  cascodedCurrentMirrorOta,
  combinations,
  type Compensation,
  compensationCitations,
  compensationTitles,
  currentMirrorOta,
  departures,
  drawCompensation,
  drawSecondStage,
  type FirstStageBlock,
  foldedCascode,
  mirrorLoadedPair,
  type Mirror,
  mirrorCitations,
  mirrorTitles,
  type Schematic,
  secondStageCitations,
  secondStageTitles,
  type Tail,
  tailCitations,
  tailTitles,
  telescopic,
} from "@topogenie/building-blocks";

export interface Amplifier {
  readonly title: string;
  readonly citation: string;
  /** Inverting stages are drawn with all nets at mid supply; a telescopic one cannot follow its own input. */
  readonly swing: "wide" | "narrow";
  /** In how many choices it differs from the plain form of its first stage. */
  readonly departures: number;
  draw(view: Schematic, inputs: readonly [plus: string, minus: string], output: string): void;
}

interface Recipe {
  readonly block: FirstStageBlock;
  readonly mirrored: boolean;
  readonly mirror: Mirror;
  readonly tail: Tail;
  /** What stabilises a second stage; none where there is none. */
  readonly compensation: Compensation;
  readonly plan: BiasPlan;
}

/** Bias from ports, and from one current through mirrors. */
const [external, internal] = biasPlans;

function named(
  block: FirstStageBlock,
  title: string,
  {
    mirrored = false,
    mirror = "simple",
    second = false,
    ownBias = true,
  }: { mirrored?: boolean; mirror?: Mirror; second?: boolean; ownBias?: boolean } = {},
): Amplifier {
  const plan = ownBias ? internal : external;
  if (plan === undefined) throw new RangeError("a bias plan that seeds ask for is missing");
  const compensation = second ? "nulling-resistor" : "none";
  return amplifierOf(
    { block, mirrored, mirror, tail: "source", compensation, plan },
    `${title}${ownBias ? "" : " with external bias"}`,
    block.citation,
  );
}

function amplifierOf(recipe: Recipe, title: string, citation: string): Amplifier {
  const { block, mirrored, mirror, tail, compensation, plan } = recipe;
  const second = compensation !== "none";
  return {
    title,
    citation,
    swing: block === telescopic && !second ? "narrow" : "wide",
    departures:
      plan.departures +
      departures([
        [mirror, plainMirror(block)],
        [tail, "source"],
        [second && compensation !== "nulling-resistor", false],
      ]),
    draw: (physical, inputs, output) => {
      const view = mirrored ? physical.mirror : physical;
      const bias = plan.start(physical);
      // A second stage inverts, so the pair's inputs change places.
      const [plus, minus] = inputs;
      const first = block.draw(view, { bias, inputs: second ? [minus, plus] : [plus, minus], pair: "plain", tail, mirror });
      if (!second) {
        physical.join(first.output, output);
        return;
      }
      drawSecondStage(bias, first, output, "common-source");
      drawCompensation(bias, first, output, compensation);
    },
  };
}

function plainMirror(block: FirstStageBlock): Mirror {
  return block === mirrorLoadedPair || block === currentMirrorOta ? "simple" : "wide-swing";
}

export const amplifiers: readonly Amplifier[] = [
  named(mirrorLoadedPair, "five-transistor amplifier"),
  named(mirrorLoadedPair, "p-input five-transistor amplifier", { mirrored: true }),
  named(mirrorLoadedPair, "five-transistor amplifier", { ownBias: false }),
  named(mirrorLoadedPair, "two-stage amplifier", { second: true }),
  named(mirrorLoadedPair, "p-input two-stage amplifier", { second: true, mirrored: true }),
  named(currentMirrorOta, "current-mirror amplifier"),
  named(foldedCascode, "folded-cascode amplifier", { mirror: "wide-swing" }),
  named(foldedCascode, "p-input folded-cascode amplifier", { mirror: "wide-swing", mirrored: true }),
  named(telescopic, "telescopic amplifier", { mirror: "wide-swing" }),
];

const LOW_VOLTAGE: readonly Mirror[] = ["simple", "wide-swing", "self-biased"];

/** Every amplifier that has room below 1.8 V, with one stage or two. */
export function* everyAmplifier(): Generator<Amplifier> {
  for (const block of [mirrorLoadedPair, currentMirrorOta, cascodedCurrentMirrorOta, foldedCascode, telescopic]) {
    const choices = combinations<Recipe>({
      block: [block],
      mirrored: [false, true],
      mirror: block.mirrors.filter((mirror) => LOW_VOLTAGE.includes(mirror)),
      tail: block.tails,
      compensation: ["none", "miller", "nulling-resistor"],
      plan: biasPlans,
    });
    for (const recipe of choices) {
      if (recipe.tail === "port" && !recipe.plan.external) continue;
      yield amplifierOf(recipe, titleOf(recipe), citationOf(recipe));
    }
  }
}

function titleOf({ block, mirrored, mirror, tail, compensation, plan }: Recipe): string {
  const second = compensation !== "none";
  return [
    `${mirrored ? "p" : "n"}-input ${block.title}`,
    mirrorTitles[mirror],
    tailTitles[tail],
    second ? secondStageTitles["common-source"] : "",
    second ? compensationTitles[compensation] : "",
    plan.title,
  ]
    .filter((title) => title !== "")
    .join(", ");
}

function citationOf({ block, mirror, tail, compensation, plan }: Recipe): string {
  const second = compensation === "none" ? undefined : secondStageCitations["common-source"];
  const citations = [
    block.citation,
    mirrorCitations[mirror],
    tailCitations[tail],
    second,
    compensationCitations[compensation],
    plan.citation,
  ];
  return [...new Set(citations.filter((citation) => citation !== undefined))].join("; ");
}
