import {
  type BiasPlan,
  biasPlans,
  cascodedCurrentMirrorOta,
  combinations,
  composedSeed,
  crossCoupledCurrentMirrorOta,
  currentMirrorOta,
  departures,
  drawSecondStage,
  type FirstStageBlock,
  foldedCascode,
  type Mirror,
  mirrorCitations,
  mirrorLoadedPair,
  mirrorTitles,
  Schematic,
  type SecondStage,
  secondStageCitations,
  secondStageTitles,
  type Tail,
  tailCitations,
  tailTitles,
  textbookFirst,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawInverter, LOGIC_CITATION } from "./logic.js";
import { drawPreamplifier, type Load, loadCitations, loads, loadTitles } from "./preamplifier.js";

const OPEN_LOOP = "Allen, Holberg, CMOS Analog Circuit Design, ch. 8 (two-stage, open-loop comparators)";
const HYSTERESIS = "Allen, Holberg, CMOS Analog Circuit Design, ch. 8 (comparators with hysteresis)";
const CASCADE = "Allen, Holberg, CMOS Analog Circuit Design, ch. 8 (high-speed comparators of cascaded stages)";

const blocks: readonly FirstStageBlock[] = [
  mirrorLoadedPair,
  currentMirrorOta,
  crossCoupledCurrentMirrorOta,
  cascodedCurrentMirrorOta,
  foldedCascode,
];

interface Recipe {
  readonly block: FirstStageBlock;
  readonly mirrored: boolean;
  readonly mirror: Mirror;
  readonly tail: Tail;
  readonly plan: BiasPlan;
  readonly second: Extract<SecondStage, "none" | "common-source" | "level-shifted-push-pull">;
  readonly inverters: 0 | 1 | 2;
  readonly preamplifier: { readonly load: Load; readonly stages: 0 | 1 | 2 };
  /** Resistors from the output and the first input to the amplifier's. */
  readonly outerHysteresis: boolean;
}

/** Comparators without a clock: amplifiers in open loop, with hysteresis, or behind preamplifiers. */
export function* continuousSeeds(most: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookRecipes, all: possibleRecipes, departuresOf }, most)) {
    number += 1;
    yield drawSeed(recipe, `comparator-${number}`);
  }
  yield* complementaryPairs();
}

const noPreamplifier: Recipe["preamplifier"] = { load: "resistors", stages: 0 };

function* textbookRecipes(): Generator<Recipe> {
  const plans = biasPlans.filter((plan) => plan.departures <= 1);
  for (const block of blocks) {
    for (const mirrored of [false, true]) {
      for (const [index, plan] of plans.entries()) {
        const plain: Recipe = {
          block,
          mirrored,
          mirror: plainMirror(block),
          tail: "source",
          plan,
          second: "common-source",
          inverters: 1,
          preamplifier: noPreamplifier,
          outerHysteresis: false,
        };
        yield plain;
        if (index > 1) continue;
        yield { ...plain, second: "none" };
        yield { ...plain, inverters: 2 };
        if (index > 0) continue;
        if (block === mirrorLoadedPair) yield { ...plain, second: "none", inverters: 0 };
        if (block === mirrorLoadedPair || block === currentMirrorOta) yield { ...plain, second: "level-shifted-push-pull" };
        yield { ...plain, inverters: 1, outerHysteresis: true };
        if (block === cascodedCurrentMirrorOta || block === foldedCascode) continue;
        for (const load of loads)
          for (const stages of [1, 2] as const) yield { ...plain, second: "none", preamplifier: { load, stages } };
      }
    }
  }
}

function plainMirror(block: FirstStageBlock): Mirror {
  return block.mirrors[0] ?? "simple";
}

function* possibleRecipes(): Generator<Recipe> {
  for (const block of blocks) {
    const choices = combinations<Recipe>({
      block: [block],
      mirrored: [false, true],
      mirror: block.mirrors,
      tail: block.tails,
      plan: biasPlans,
      second: ["none", "common-source", "level-shifted-push-pull"],
      inverters: [0, 1, 2],
      preamplifier: [noPreamplifier, ...combinations<Recipe["preamplifier"]>({ load: loads, stages: [1, 2] })],
      outerHysteresis: [false, true],
    });
    for (const recipe of choices) if (isPossible(recipe)) yield recipe;
  }
}

function isPossible({ tail, plan, second, inverters, preamplifier, outerHysteresis }: Recipe): boolean {
  if (tail === "port" && !plan.external) return false;
  // Behind a preamplifier one stage has gain enough; with neither, nor an inverter, an output rarely reaches its rails.
  if (preamplifier.stages > 0 && (second !== "none" || outerHysteresis)) return false;
  // Positive feedback takes an output that swings from rail to rail.
  return inverters > 0 || (second !== "none" && !outerHysteresis);
}

function departuresOf({ block, mirror, tail, plan, second, inverters, preamplifier, outerHysteresis }: Recipe): number {
  const choices = departures([
    [mirror, plainMirror(block)],
    [tail, "source"],
    // A preamplifier takes the second stage's place.
    [preamplifier.stages === 0 ? second : "common-source", "common-source"],
    [inverters, 1],
    [preamplifier.stages, 0],
    [outerHysteresis, false],
  ]);
  return choices + plan.departures;
}

function drawSeed(recipe: Recipe, name: string): SeedTopology {
  const { block, mirrored, mirror, tail, plan, second, inverters, preamplifier, outerHysteresis } = recipe;
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const ports = [physical.port("VIN"), physical.port("VIN")] as const;
  const output = physical.port("VOUT");
  const bias = plan.start(view);
  const sensed = outerHysteresis ? physical.net() : ports[0];
  let signal: readonly [string, string] = [sensed, ports[1]];
  for (let stage = 0; stage < preamplifier.stages; stage++) signal = drawPreamplifier(view, bias, signal, preamplifier.load);
  const inverts = (second === "none" ? 0 : 1) + inverters;
  // Feedback to the first input must be positive: the amplifier's own inputs are exchanged when an odd number of stages inverts.
  const inputs = inverts % 2 === 1 ? ([signal[1], signal[0]] as const) : signal;
  const first = block.draw(view, { bias, inputs, pair: "plain", tail, mirror });
  let net = first.output;
  if (second !== "none") {
    net = physical.net();
    drawSecondStage(bias, first, net, second);
  }
  for (let stage = 0; stage < inverters; stage++) {
    const next = physical.net();
    drawInverter(physical, net, next);
    net = next;
  }
  physical.join(net, output);
  if (outerHysteresis) {
    physical.resistor(ports[0], sensed, { r: 1e3 });
    physical.resistor(sensed, output, { r: 1e6 });
  }
  const titles = [
    `${mirrored ? "p" : "n"}-input ${block.title}`,
    mirrorTitles[mirror],
    tailTitles[tail],
    secondStageTitles[second],
    inverters === 0 ? "" : inverters === 1 ? "output inverter" : "two output inverters",
    preamplifier.stages === 0 ? "" : `${preamplifier.stages === 2 ? "two stages of " : ""}${loadTitles[preamplifier.load]}`,
    outerHysteresis ? "hysteresis through resistors" : "",
    plan.title,
  ];
  const citations = [
    preamplifier.stages > 0 ? CASCADE : OPEN_LOOP,
    block.citation,
    mirrorCitations[mirror],
    tailCitations[tail],
    secondStageCitations[second],
    inverters > 0 ? LOGIC_CITATION : undefined,
    preamplifier.stages > 0 ? loadCitations[preamplifier.load] : undefined,
    outerHysteresis || block === crossCoupledCurrentMirrorOta ? HYSTERESIS : undefined,
    plan.citation,
  ];
  return composedSeed(physical, name, titles, citations);
}

/** Two complementary pairs whose common load node is also the gate of both tails. */
function* complementaryPairs(): Generator<SeedTopology> {
  for (const inverters of [0, 1, 2] as const) {
    const view = new Schematic();
    const inputs = [view.port("VIN"), view.port("VIN")] as const;
    const output = view.port("VOUT");
    const [bias, amplified] = [view.net(), view.net()];
    for (const side of [view, view.mirror]) {
      const tail = view.net();
      side.n(tail, bias, side.low);
      side.n(bias, inputs[0], tail);
      side.n(amplified, inputs[1], tail);
    }
    let net = amplified;
    for (let stage = 0; stage < inverters; stage++) {
      const next = view.net();
      drawInverter(view, net, next);
      net = next;
    }
    view.join(net, output);
    yield {
      circuit: view.toCircuit(`comparator-complementary-${inverters + 1}`),
      title: `self-biased complementary differential pairs${inverters === 0 ? "" : inverters === 1 ? ", output inverter" : ", two output inverters"}`,
      citation:
        "Bazes, Two novel fully complementary self-biased CMOS differential amplifiers, IEEE J. Solid-State Circuits 26 (1991)",
    };
  }
}
