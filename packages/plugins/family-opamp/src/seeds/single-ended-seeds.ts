import {
  type BiasPlan,
  biasPlans,
  type Buffer,
  BUFFER_CITATION,
  bufferTitles,
  cascodedCurrentMirrorOta,
  classAbFoldedCascode,
  classAbRailToRail,
  type Compensation,
  compensationCitations,
  compensationTitles,
  crossCoupledCurrentMirrorOta,
  currentMirrorOta,
  distinct,
  drawBuffer,
  drawCompensation,
  drawNestedMillerStages,
  drawSecondStage,
  type FirstStageBlock,
  foldedCascode,
  gainBoostedFoldedCascode,
  gainBoostedTelescopic,
  type Mirror,
  mirrorCitations,
  mirrorLoadedPair,
  mirrorTitles,
  NESTED_MILLER_CITATION,
  type Pair,
  pairCitations,
  pairIsPossible,
  pairTitles,
  railToRail,
  Schematic,
  type SecondStage,
  secondStageCitations,
  secondStageTitles,
  type Tail,
  tailCitations,
  tailTitles,
  telescopic,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";

const firstStages: readonly FirstStageBlock[] = [
  mirrorLoadedPair,
  currentMirrorOta,
  cascodedCurrentMirrorOta,
  crossCoupledCurrentMirrorOta,
  telescopic,
  gainBoostedTelescopic,
  foldedCascode,
  gainBoostedFoldedCascode,
  classAbFoldedCascode,
  railToRail,
  classAbRailToRail,
];

/** What follows the first stage. */
interface Output {
  readonly second: SecondStage | "nested-miller";
  readonly compensation: Compensation;
  readonly buffer: Buffer;
}

interface Recipe {
  readonly block: FirstStageBlock;
  readonly mirrored: boolean;
  readonly mirror: Mirror;
  readonly pair: Pair;
  readonly tail: Tail;
  readonly plan: BiasPlan;
  readonly output: Output;
}

const plainOutputs: readonly Output[] = [
  { second: "none", compensation: "none", buffer: "none" },
  { second: "common-source", compensation: "miller", buffer: "none" },
  { second: "common-source", compensation: "nulling-resistor", buffer: "none" },
  { second: "common-source", compensation: "nulling-transistor", buffer: "none" },
  { second: "common-source", compensation: "follower", buffer: "none" },
  { second: "common-source", compensation: "ahuja", buffer: "none" },
  { second: "common-source", compensation: "cascode-node", buffer: "none" },
  { second: "cascoded-common-source", compensation: "nulling-resistor", buffer: "none" },
  { second: "level-shifted-push-pull", compensation: "miller", buffer: "none" },
  { second: "level-shifted-push-pull", compensation: "nulling-resistor", buffer: "none" },
  { second: "none", compensation: "none", buffer: "n-follower" },
  { second: "none", compensation: "none", buffer: "p-follower" },
  { second: "common-source", compensation: "nulling-resistor", buffer: "n-follower" },
  { second: "common-source", compensation: "nulling-resistor", buffer: "p-follower" },
  { second: "nested-miller", compensation: "none", buffer: "none" },
];

/** A single stage, and two stages with the compensations that every textbook begins with. */
const usualOutputs = plainOutputs.filter(
  ({ second, compensation, buffer }) =>
    buffer === "none" &&
    (second === "none" || (second === "common-source" && ["miller", "nulling-resistor"].includes(compensation))),
);

const classAbOutputs: readonly Output[] = (["miller", "cascode-node"] as const).map((compensation) => ({
  second: "floating-class-ab",
  compensation,
  buffer: "none",
}));

export function* singleEndedSeeds(limit: number): Generator<SeedTopology> {
  yield* distinct(drawAll(limit));
}

function* drawAll(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes(limit)) {
    number += 1;
    yield drawSeed(recipe, `opamp-${number}`);
  }
}

function* recipes(limit: number): Generator<Recipe> {
  for (const block of firstStages) {
    const classAb = block === classAbFoldedCascode || block === classAbRailToRail;
    for (const mirrored of [false, true]) {
      for (const plan of biasPlans) {
        for (const output of classAb ? classAbOutputs : plainOutputs) {
          for (const mirror of block.mirrors) {
            for (const pair of block.pairs) {
              for (const tail of block.tails) {
                const recipe = { block, mirrored, mirror, pair, tail, plan, output };
                if (isPossible(recipe) && countDepartures(recipe) <= limit) yield recipe;
              }
            }
          }
        }
      }
    }
  }
}

function isPossible({ block, mirrored, mirror, pair, tail, plan, output }: Recipe): boolean {
  if (!pairIsPossible(new Schematic(mirrored), pair)) return false;
  if (tail === "port" && (!plan.external || pair === "split-tail")) return false;
  // The stage's own cascodes, or its mirror's, are where such a capacitor ends.
  const cascoded = ["cascode", "wide-swing", "self-biased"].includes(mirror);
  const hasCascodeNet =
    block !== currentMirrorOta && block !== crossCoupledCurrentMirrorOta && (block !== mirrorLoadedPair || cascoded);
  return output.compensation !== "cascode-node" || hasCascodeNet;
}

/**
 * In how many of load mirror, input pair, tail, bias and what follows the first stage a seed departs from the plain form; further
 * stages count as one more once anything departs. The full product is mostly combinations of side issues.
 */
function countDepartures({ block, mirror, pair, tail, plan, output }: Recipe): number {
  const departures =
    Number(mirror !== block.mirrors[0]) +
    Number(pair !== "plain") +
    Number(tail !== "source") +
    plan.departures +
    Number(!usualOutputs.includes(output) && !classAbOutputs.includes(output));
  const hasFurtherStages = output.second !== "none" || output.buffer !== "none";
  return departures + Number(hasFurtherStages && departures > 0);
}

function drawSeed({ block, mirrored, mirror, pair, tail, plan, output }: Recipe, name: string): SeedTopology {
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const inverts = output.second !== "none";
  const inputs = [physical.port("VIN"), physical.port("VIN")] as const;
  const out = physical.port("VOUT");
  const bias = plan.start(view);
  const buffered = output.buffer === "none" ? out : physical.net();
  const first = block.draw(view, {
    bias,
    inputs: inverts ? [inputs[1], inputs[0]] : inputs,
    pair,
    tail,
    mirror,
  });
  const stageOutput = drawFollowingStages(bias, first, buffered, output);
  if (output.buffer !== "none") drawBuffer(physical, bias, stageOutput, out, output.buffer);
  else physical.join(stageOutput, out);
  const circuit = physical.toCircuit(name);
  const titles = [
    `${mirrored ? "p" : "n"}-input ${block.title}`,
    mirrorTitles[mirror],
    pairTitles[pair],
    tailTitles[tail],
    output.second === "nested-miller" ? "three stages with nested Miller compensation" : secondStageTitles[output.second],
    inverts && output.second !== "nested-miller" ? compensationTitles[output.compensation] : "",
    bufferTitles[output.buffer],
    plan.title,
  ];
  const citations = [
    block.citation,
    mirrorCitations[mirror],
    pairCitations[pair],
    tailCitations[tail],
    output.second === "nested-miller" ? NESTED_MILLER_CITATION : secondStageCitations[output.second],
    compensationCitations[output.compensation],
    output.buffer === "none" ? undefined : BUFFER_CITATION,
    plan.citation,
  ];
  return {
    circuit,
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.filter((citation) => citation !== undefined))].join("; "),
  };
}

/** Draws the stages behind the first one up to the net before the buffer; returns the net that carries their output. */
function drawFollowingStages(
  bias: ReturnType<BiasPlan["start"]>,
  first: ReturnType<FirstStageBlock["draw"]>,
  output: string,
  { second, compensation }: Output,
): string {
  if (second === "none") return first.output;
  if (second === "nested-miller") drawNestedMillerStages(bias, first, output);
  else {
    drawSecondStage(bias, first, output, second);
    drawCompensation(bias, first, output, compensation);
  }
  return output;
}
