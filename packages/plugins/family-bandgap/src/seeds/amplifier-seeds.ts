import {
  type Bias,
  combinations,
  composedSeed,
  departures,
  drawStartUp,
  type Junction,
  junctionCitations,
  junctions,
  junctionTitles,
  MirrorBias,
  PortBias,
  referenceCitations,
  Schematic,
  SelfBias,
  START_UP_CITATION,
  type StartUp,
  startUps,
  startUpTitles,
  type Tail,
  tailCitations,
  tailTitles,
  textbookFirst,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { amplifiers, drawAmplifier, moreAmplifiers, type ReferenceAmplifier } from "./reference-amplifier.js";
import { type ReferenceCore, referenceCores } from "./reference-cores.js";

const textbookSupplies = ["self", "ports", "current-port", "resistor"] as const;
const supplies = [...textbookSupplies, "beta-multiplier"] as const;
/** Where the amplifier's bias comes from: the reference's own mirror, or one of the usual sources. */
type AmplifierBias = (typeof supplies)[number];

const supplyTitles: Readonly<Record<AmplifierBias, string>> = {
  self: "amplifier biased by the reference",
  ports: "external bias voltages",
  "current-port": "amplifier biased by IB1",
  resistor: "amplifier biased through a resistor",
  "beta-multiplier": "amplifier biased by a beta-multiplier",
};

const supplyCitations: Readonly<Record<AmplifierBias, string | undefined>> = {
  self: "Razavi, Design of Analog CMOS Integrated Circuits, bandgap references chapter (start-up and self-biasing)",
  ports: undefined,
  "current-port": referenceCitations["current-port"],
  resistor: referenceCitations.resistor,
  "beta-multiplier": referenceCitations["beta-multiplier"],
};

const stabilisers = ["supply", "output", "both"] as const;
/** Where a capacitor stands: from the mirror's gates to the supply, from the output to ground as a filter, or in both places. */
type Stabiliser = (typeof stabilisers)[number];

const stabiliserTitles: Readonly<Record<Stabiliser, string>> = {
  supply: "capacitor at the mirror",
  output: "capacitor at the output",
  both: "capacitors at the mirror and at the output",
};

/** Some 10 uA at a gate-source voltage that an amplifier's output reaches. Metres. */
const MIRROR = { w: 20e-6, l: 2e-6 } as const;

interface Recipe {
  readonly core: ReferenceCore;
  readonly amplifier: ReferenceAmplifier;
  readonly tail: Tail;
  readonly supply: AmplifierBias;
  readonly junction: Junction;
  readonly startUp: StartUp;
  readonly stabiliser: Stabiliser;
  readonly cascoded: boolean;
}

/** References in which an amplifier holds two junctions equal and steers a p-channel mirror. */
export function* amplifierSeeds(most: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookRecipes, all: possibleRecipes, departuresOf }, most)) {
    number += 1;
    yield drawSeed(recipe, `bandgap-${number}`);
  }
}

/** Each core with each amplifier, and what departs from its plain form in one respect. */
function* textbookRecipes(): Generator<Recipe> {
  for (const core of referenceCores) {
    for (const [index, amplifier] of amplifiers.entries()) {
      const plain: Recipe = {
        core,
        amplifier,
        tail: "source",
        supply: "self",
        junction: "pnp",
        startUp: "resistor",
        stabiliser: "supply",
        cascoded: false,
      };
      if (!isPossible(plain)) continue;
      yield plain;
      if (index > 3) continue;
      for (const supply of textbookSupplies) if (supply !== "self") yield { ...plain, supply };
      if (index > 1 && !(core.name === "divided-current-mode" && index === 2)) continue;
      for (const junction of junctions) {
        const changed = { ...plain, junction };
        if (junction !== "pnp" && isPossible(changed)) yield changed;
      }
      for (const startUp of startUps) if (startUp !== "resistor") yield { ...plain, startUp };
      yield { ...plain, stabiliser: "output" };
      yield { ...plain, cascoded: true };
    }
    const [, , , folded] = amplifiers;
    if (folded === undefined) throw new RangeError("an amplifier that seeds ask for is missing");
    yield {
      core,
      amplifier: folded,
      tail: "source",
      supply: "self",
      junction: "npn",
      startUp: "long-transistor",
      stabiliser: "supply",
      cascoded: true,
    };
  }
}

function* possibleRecipes(): Generator<Recipe> {
  const choices = combinations<Recipe>({
    core: referenceCores,
    amplifier: [...amplifiers, ...moreAmplifiers],
    tail: ["source", "cascode"],
    supply: supplies,
    junction: junctions,
    startUp: startUps,
    stabiliser: stabilisers,
    cascoded: [false, true],
  });
  for (const recipe of choices) if (isPossible(recipe)) yield recipe;
}

function isPossible({ core, amplifier, tail, junction }: Recipe): boolean {
  // Cold, a junction and a p-channel gate leave no room for two devices below 1.8 V; only a second stage has gain to spare for it.
  const low = core.name === "divided-current-mode" || amplifier.secondStage === true;
  if (tail === "cascode" && !(amplifier.mirrored && low)) return false;
  if (core.name !== "divided-current-mode") return true;
  // Half a junction's voltage does not turn an n-channel pair on; shares of one in weak inversion are too little to compare.
  return amplifier.mirrored && junction !== "weak-inversion";
}

function departuresOf({ amplifier, tail, supply, junction, startUp, stabiliser, cascoded }: Recipe): number {
  return departures([
    [amplifiers.includes(amplifier), true],
    [tail, "source"],
    [supply, "self"],
    [junction, "pnp"],
    [startUp, "resistor"],
    [stabiliser, "supply"],
    [cascoded, false],
  ]);
}

function drawSeed(recipe: Recipe, name: string): SeedTopology {
  const { core, amplifier, tail, supply, junction, startUp, stabiliser, cascoded } = recipe;
  const view = new Schematic();
  const output = view.port("VOUT");
  const gate = view.net();
  const bias = biasOf(view, gate, supply);
  const source = (into: string): void => {
    if (!cascoded) {
      view.p(into, gate, view.high, view.high, MIRROR);
      return;
    }
    const middle = view.net();
    view.p(middle, gate, view.high, view.high, MIRROR);
    view.p(into, bias.level(view.mirror, "cascode"), middle, view.high, MIRROR);
  };
  const { plus, minus, started } = core.draw({ view, output, junction, source });
  view.join(drawAmplifier(view, bias, amplifier, plus, minus, tail), gate);
  // A transistor in weak inversion stays below the threshold that ends the start-up; the output does not.
  drawStartUp(view, junction === "weak-inversion" ? output : started, gate, startUp);
  if (stabiliser !== "output") view.capacitor(gate, view.high);
  if (stabiliser !== "supply") view.capacitor(output, view.low);
  return composedSeed(
    view,
    name,
    [
      core.title,
      junctionTitles[junction],
      amplifier.title,
      tailTitles[tail],
      supplyTitles[supply],
      cascoded ? "cascoded current sources" : "",
      startUpTitles[startUp],
      stabiliserTitles[stabiliser],
    ],
    [
      core.citation,
      junctionCitations[junction],
      amplifier.citation,
      tailCitations[tail],
      supplyCitations[supply],
      START_UP_CITATION,
    ],
  );
}

function biasOf(view: Schematic, gate: string, supply: AmplifierBias): Bias {
  if (supply === "self") return new SelfBias(view.mirror, gate);
  return supply === "ports" ? new PortBias() : new MirrorBias(view, supply, "diode");
}
