import {
  type BiasPlan,
  biasPlans,
  cascodedCurrentMirrorOta,
  combinations,
  composedSeed,
  currentMirrorOta,
  departures,
  type FirstStageBlock,
  foldedCascode,
  gainBoostedFoldedCascode,
  type Mirror,
  mirrorCitations,
  mirrorLoadedPair,
  mirrorTitles,
  type Pair,
  pairCitations,
  pairIsPossible,
  pairTitles,
  railToRail,
  Schematic,
  type Tail,
  tailCitations,
  tailTitles,
  textbookFirst,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { type Compensation, compensationCitations, compensations, compensationTitles, drawCompensation } from "./compensation.js";
import { drawFeedback, type Feedback, feedbackCitations, feedbacks, feedbackTitles } from "./feedback-network.js";
import { drawDriver, type Driver, driverCitations, drivers, driverTitles } from "./gate-driver.js";
import {
  drawOutputNetwork,
  type OutputNetwork,
  outputNetworkCitations,
  outputNetworks,
  outputNetworkTitles,
} from "./output-network.js";
import { drawPass, type Input, inputs, type Pass, passCitations, passes, passTitles } from "./pass-device.js";

interface Amplifier {
  readonly block: FirstStageBlock;
  readonly mirrored: boolean;
  readonly mirrors: readonly Mirror[];
}

/** Error amplifiers whose output reaches the gate voltages that a pass device asks for, from light load to full load. */
const amplifiers: readonly Amplifier[] = [
  { block: mirrorLoadedPair, mirrored: false, mirrors: ["simple", "degenerated", "wide-swing"] },
  { block: currentMirrorOta, mirrored: false, mirrors: ["simple", "wide-swing"] },
  { block: currentMirrorOta, mirrored: true, mirrors: ["simple"] },
  { block: cascodedCurrentMirrorOta, mirrored: false, mirrors: ["wide-swing"] },
  { block: foldedCascode, mirrored: false, mirrors: ["simple", "wide-swing"] },
  { block: foldedCascode, mirrored: true, mirrors: ["simple", "wide-swing"] },
  { block: railToRail, mirrored: false, mirrors: ["wide-swing"] },
  { block: gainBoostedFoldedCascode, mirrored: false, mirrors: ["wide-swing"] },
];

interface Recipe {
  readonly amplifier: Amplifier;
  readonly mirror: Mirror;
  readonly pair: Pair;
  readonly tail: Tail;
  readonly plan: BiasPlan;
  readonly pass: Pass;
  readonly input: Input;
  readonly driver: Driver;
  readonly compensation: Compensation;
  readonly feedback: Feedback;
  readonly network: OutputNetwork;
}

/** Regulators whose pass device an error amplifier steers. */
export function* amplifierSeeds(most: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookRecipes, all: possibleRecipes, departuresOf }, most)) {
    number += 1;
    yield drawSeed(recipe, `ldo-${number}`);
  }
}

/** Each plain regulator, and what departs from it in one respect; a simple pair may also differ in its bias and in one more. */
function* textbookRecipes(): Generator<Recipe> {
  for (const amplifier of amplifiers) {
    for (const pass of passes) {
      // The n-channel device without a well of its own differs too little to be drawn behind every amplifier.
      if (pass === "nmos" && amplifier.block !== mirrorLoadedPair) continue;
      const plain = plainRecipe(amplifier, pass);
      yield plain;
      // A follower behind a rarer amplifier differs from others in its bias and its feedback alone.
      const full = pass === "pmos" || (amplifier.block === mirrorLoadedPair && pass === "nmos-own-well");
      for (const change of changes(plain)) {
        if (!full && change.plan === undefined && change.feedback === undefined) continue;
        if (isPossible({ ...plain, ...change })) yield { ...plain, ...change };
      }
    }
  }
}

function plainRecipe(amplifier: Amplifier, pass: Pass): Recipe {
  return {
    amplifier,
    mirror: amplifier.mirrors[0] ?? "simple",
    pair: "plain",
    tail: "source",
    plan: planned(0),
    pass,
    input: pass === "pmos" ? "shared" : "separate",
    driver: "none",
    compensation: pass === "pmos" ? "nulling-resistor" : "shunt",
    // A follower's output is a gate-source voltage below the supply at best.
    feedback: pass === "pmos" ? "divider" : "unity",
    network: "none",
  };
}

/** What stands round the error amplifier. */
type Loop = Pick<Recipe, "pass" | "input" | "driver" | "compensation" | "feedback" | "network">;
type Front = Omit<Recipe, keyof Loop>;

function* possibleRecipes(): Generator<Recipe> {
  const choices = combinations<Loop>({
    pass: passes,
    input: inputs,
    driver: drivers,
    compensation: compensations,
    feedback: feedbacks,
    network: outputNetworks,
  });
  const loops = [...choices].filter((loop) => loopIsPossible(loop) && isWorthDrawing(loop));
  for (const amplifier of amplifiers) {
    const { block, mirrors, mirrored } = amplifier;
    const fronts = combinations<Front>({
      amplifier: [amplifier],
      mirror: mirrors,
      pair: block.pairs.filter((pair) => pair !== "split-tail" && pairIsPossible(new Schematic(mirrored), pair)),
      tail: block.tails,
      plan: biasPlans,
    });
    for (const front of fronts) {
      // Degeneration gives away the loop gain that cascodes and tails of their own are there for.
      if (!frontIsPossible(front) || (front.pair !== "plain" && front.tail !== "source")) continue;
      for (const loop of loops) if (fits(front, loop)) yield { ...front, ...loop };
    }
  }
}

/** Leaves out, of what is possible, what would not be built: two remedies for one ill. */
function isWorthDrawing({ pass, input, driver, compensation, network }: Loop): boolean {
  // Which supply the pass device hangs on is of no account to the rest: once for each loop, without what follows the output.
  if (input !== (pass === "pmos" ? "shared" : "separate") && network !== "none") return false;
  if (pass !== "pmos") return true;
  // A capacitor at the output makes its pole the dominant one; inside it would ask for a second.
  if (network !== "none") return compensation === "none";
  // A follower takes the gate's capacitance off the amplifier, whose output the capacitor then loads alone.
  return driver === "none" || driver === "gain-stage" || ["miller", "nulling-resistor"].includes(compensation);
}

function departuresOf(recipe: Recipe): number {
  const plain = plainRecipe(recipe.amplifier, recipe.pass);
  const { mirror, pair, tail, plan, input, driver, compensation, feedback, network } = recipe;
  const choices = departures([
    [mirror, plain.mirror],
    [pair, plain.pair],
    [tail, plain.tail],
    [input, plain.input],
    [driver, plain.driver],
    [feedback, plain.feedback],
    // What stands at the output decides how the loop is compensated: one choice, not two.
    [`${network} ${network === "none" ? compensation : ""}`, `none ${plain.compensation}`],
  ]);
  return choices + plan.departures;
}

function planned(index: number): BiasPlan {
  const plan = biasPlans[index];
  if (plan === undefined) throw new RangeError("there are no bias plans");
  return plan;
}

function* changes({ amplifier, pass, driver }: Recipe): Generator<Partial<Recipe>> {
  for (const mirror of amplifier.mirrors) yield { mirror };
  for (const plan of biasPlans.filter(({ departures }) => departures <= 1)) yield { plan };
  for (const tail of ["cascode", "resistor", "port"] as const) yield { tail };
  for (const compensation of compensations) yield { compensation };
  for (const feedback of feedbacks) yield { feedback };
  for (const input of inputs) yield { input };
  for (const network of outputNetworks) yield { network, compensation: pass === "pmos" ? "none" : "shunt" };
  if (amplifier.block === mirrorLoadedPair) yield { pair: "degenerated" };
  for (const other of drivers) if (other !== driver) yield { driver: other, compensation: pass === "pmos" ? "miller" : "shunt" };
  const currentPort = biasPlans.find(({ external }) => !external);
  const multiplier = biasPlans.find(({ title }) => title.startsWith("beta-multiplier") && title.includes("Sooch"));
  if (currentPort === undefined || multiplier === undefined) throw new RangeError("a bias plan that seeds ask for is missing");
  yield { plan: currentPort, feedback: "unity", compensation: pass === "pmos" ? "miller" : "shunt" };
  yield { plan: currentPort, network: "esr", compensation: pass === "pmos" ? "none" : "shunt" };
  yield { plan: currentPort, driver: "p-follower", feedback: "feedforward", compensation: pass === "pmos" ? "miller" : "shunt" };
  if (pass === "pmos" && amplifier.block.tails.includes("cascode"))
    for (const other of ["none", "super-follower", "adaptive-follower"] as const)
      yield { plan: multiplier, driver: other, tail: "cascode", feedback: "feedforward", network: "esr", compensation: "none" };
}

function isPossible(recipe: Recipe): boolean {
  return frontIsPossible(recipe) && loopIsPossible(recipe) && fits(recipe, recipe);
}

function frontIsPossible({ amplifier, tail, plan }: Front): boolean {
  if (!amplifier.block.tails.includes(tail) || (tail === "port" && !plan.external)) return false;
  // A pair under a mirror cannot stack two more devices below an input that stands at the reference.
  return tail !== "resistor" || amplifier.block === mirrorLoadedPair;
}

function loopIsPossible({ pass, driver, compensation }: Loop): boolean {
  if (compensation === "shunt" && pass === "pmos") return false;
  if (pass !== "pmos" && !["shunt", "none"].includes(compensation)) return false;
  // A follower above an n-channel pass device has no room below the supply, save for one in a well of its own.
  if (pass === "nmos" && driver !== "none") return false;
  if (driver === "gain-stage" && (compensation !== "miller" || pass !== "pmos")) return false;
  return !(pass === "nmos-own-well" && driver !== "none" && driver !== "p-follower");
}

function fits({ amplifier, mirror }: Front, { pass, compensation }: Loop): boolean {
  const { block, mirrored } = amplifier;
  if (compensation === "cascode-node") {
    const cascoded = mirror === "wide-swing" && block === mirrorLoadedPair;
    if (!cascoded && (block === mirrorLoadedPair || block === currentMirrorOta)) return false;
  }
  return !mirrored || pass !== "nmos";
}

function drawSeed(recipe: Recipe, name: string): SeedTopology {
  const { amplifier, mirror, pair, tail, plan, pass, input, driver, compensation, feedback, network } = recipe;
  const physical = new Schematic();
  const view = amplifier.mirrored ? physical.mirror : physical;
  const reference = physical.port("VREF");
  const output = physical.port("VOUT");
  const bias = plan.start(view);
  const sensed = drawFeedback(physical, output, feedback);
  // A common-source pass device inverts, a follower does not.
  const gates = pass === "pmos" ? ([sensed, reference] as const) : ([reference, sensed] as const);
  const first = amplifier.block.draw(view, { bias, inputs: gates, pair, tail, mirror });
  const gate = drawDriver(physical, bias, first.output, driver);
  drawPass(physical, pass, input, gate, output);
  drawCompensation(physical, bias, first, output, compensation);
  drawOutputNetwork(physical, output, network);
  const titles = [
    passTitles[pass],
    `${amplifier.mirrored ? "p" : "n"}-input ${amplifier.block.title}`,
    mirrorTitles[mirror],
    pairTitles[pair],
    tailTitles[tail],
    driverTitles[driver],
    compensationTitles[compensation],
    feedbackTitles[feedback],
    outputNetworkTitles[network],
    input === "separate" ? "input of its own" : "",
    plan.title,
  ];
  const citations = [
    passCitations[pass],
    amplifier.block.citation,
    mirrorCitations[mirror],
    pairCitations[pair],
    tailCitations[tail],
    driverCitations[driver],
    compensationCitations[compensation],
    feedbackCitations[feedback],
    outputNetworkCitations[network],
    plan.citation,
  ];
  return composedSeed(physical, name, titles, citations);
}
