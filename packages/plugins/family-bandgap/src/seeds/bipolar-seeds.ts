import {
  combinations,
  composedSeed,
  departures,
  drawReference,
  drawStartUp,
  MirrorBias,
  type Reference,
  referenceCitations,
  references,
  Schematic,
  START_UP_CITATION,
  type StartUp,
  startUps,
  textbookFirst,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { amplifiers, drawAmplifier, moreAmplifiers, type ReferenceAmplifier } from "./reference-amplifier.js";

const WIDLAR = "Widlar, New developments in IC voltage regulators, IEEE J. Solid-State Circuits 6 (1971)";
const BROKAW = "Brokaw, A simple three-terminal IC bandgap reference, IEEE J. Solid-State Circuits 9 (1974)";

const feeds = ["current-port", "mirrored-resistor", "beta-multiplier"] as const;
type Feed = (typeof feeds)[number];

const feedTitles: Readonly<Record<Feed, string>> = {
  "current-port": "fed by a mirror of IB1",
  "mirrored-resistor": "fed by a mirror of a resistor's current",
  "beta-multiplier": "fed by a beta-multiplier",
};

const feedCitations: Readonly<Record<Feed, string | undefined>> = {
  "current-port": referenceCitations["current-port"],
  "mirrored-resistor": referenceCitations.resistor,
  "beta-multiplier": referenceCitations["beta-multiplier"],
};

const gains = ["plain", "buffered"] as const;
/** What takes up the surplus of Widlar's feed: the third transistor, or an n-channel device behind it. */
type Gain = (typeof gains)[number];

/** References of npn transistors, as they were invented, with MOS transistors where pnp ones were. */
export function* bipolarSeeds(most: number): Generator<SeedTopology> {
  yield* widlarSeeds(most);
  yield* brokawSeeds(most);
}

interface WidlarRecipe {
  readonly feed: Feed;
  readonly gain: Gain;
  readonly filtered: boolean;
}

function* widlarSeeds(most: number): Generator<SeedTopology> {
  const departuresOf = ({ feed, gain, filtered }: WidlarRecipe): number =>
    departures([
      [feed, "current-port"],
      [gain, feed === "current-port" ? "plain" : "buffered"],
      [filtered, false],
    ]);
  let number = 0;
  for (const recipe of textbookFirst({ textbook: widlarRecipes, all: widlarRecipes, departuresOf }, most)) {
    number += 1;
    yield drawWidlar(recipe.feed, recipe.gain, recipe.filtered, `bandgap-widlar-${number}`);
  }
}

function* widlarRecipes(): Generator<WidlarRecipe> {
  for (const recipe of combinations<WidlarRecipe>({ feed: feeds, gain: gains, filtered: [false, true] })) {
    // One transistor takes up the surplus of a feed that follows the supply only at the price of a line sensitivity of 15 %/V.
    if (recipe.gain === "buffered" || recipe.feed === "current-port") yield recipe;
  }
}

/** Some five times a reference branch's 20 uA at the usual sizes. Metres. */
const FEED = { w: 25e-6 } as const;

function drawFeed(view: Schematic, feed: Feed, into: string): void {
  if (feed === "beta-multiplier") {
    const { high } = drawReference(view, "beta-multiplier");
    view.p(into, high ?? view.high, view.high, view.high, FEED);
    return;
  }
  const { low } = drawReference(view.mirror, feed === "current-port" ? "current-port" : "resistor");
  view.p(into, low, view.high, view.high, FEED);
}

/** The drop of a proportional current over a resistor stands on the base-emitter voltage of the third transistor. */
function drawWidlar(feed: Feed, gain: Gain, filtered: boolean, name: string): SeedTopology {
  const view = new Schematic();
  const output = view.port("VOUT");
  const [first, second, emitter] = [view.net(), view.net(), view.net()];
  drawFeed(view, feed, output);
  // 40 uA and 20 uA into one unit and two: a ratio of densities of 4 leaves 36 mV over the emitter's resistor. Less would
  // let the third transistor's base current count.
  view.resistor(output, first, { r: 13e3 });
  view.npn(first, first, view.low);
  view.resistor(output, second, { r: 26e3 });
  view.npn(second, first, emitter, { area: 2 });
  view.resistor(emitter, view.low, { r: 1.8e3 });
  if (gain === "plain") view.npn(output, second, view.low);
  else {
    const [inverted, level] = [view.net(), view.net()];
    view.resistor(view.high, inverted);
    view.npn(inverted, second, view.low);
    view.p(level, inverted, output, output);
    view.n(level, level, view.low);
    view.n(output, level, view.low);
  }
  if (filtered) view.capacitor(output, view.low);
  return composedSeed(
    view,
    name,
    [
      "Widlar's three-transistor reference",
      gain === "plain" ? "" : "shunt regulated through two inversions",
      feedTitles[feed],
      filtered ? "capacitor at the output" : "",
    ],
    [WIDLAR, feedCitations[feed]],
  );
}

interface BrokawRecipe {
  readonly divided: boolean;
  readonly startUp: StartUp;
  /** None: the collectors' mirror is the amplifier, which needs no supply of its own. */
  readonly amplifier: ReferenceAmplifier | undefined;
  readonly supply: Reference;
  readonly compensated: boolean;
  readonly filtered: boolean;
}

function* brokawSeeds(most: number): Generator<SeedTopology> {
  const departuresOf = ({ divided, startUp, amplifier, supply, compensated, filtered }: BrokawRecipe): number =>
    departures([
      [divided, false],
      [startUp, "resistor"],
      [amplifier === undefined || amplifier === amplifiers[0], true],
      [supply, "current-port"],
      [compensated, false],
      [filtered, false],
    ]);
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookBrokaw, all: everyBrokaw, departuresOf }, most)) {
    number += 1;
    yield drawBrokaw(recipe, `bandgap-brokaw-${number}`);
  }
}

function* textbookBrokaw(): Generator<BrokawRecipe> {
  for (const amplifier of [undefined, ...amplifiers.slice(0, 1)]) {
    yield* combinations<BrokawRecipe>({
      amplifier: [amplifier],
      divided: [false, true],
      startUp: startUps,
      supply: amplifier === undefined ? ["current-port"] : ["current-port", "resistor"],
      compensated: [false, true],
      filtered: [false],
    });
  }
}

function* everyBrokaw(): Generator<BrokawRecipe> {
  // The collectors stand near the supply, out of a p-channel pair's reach.
  const reaching = [...amplifiers, ...moreAmplifiers].filter(({ mirrored }) => !mirrored);
  for (const amplifier of [undefined, ...reaching]) {
    yield* combinations<BrokawRecipe>({
      amplifier: [amplifier],
      divided: [false, true],
      startUp: startUps,
      supply: amplifier === undefined ? ["current-port"] : references,
      compensated: [false, true],
      filtered: [false, true],
    });
  }
}

/** Two transistors with one base voltage and unequal areas carry equal currents; the voltage at their bases is the reference. */
function drawBrokaw({ divided, startUp, amplifier, supply, compensated, filtered }: BrokawRecipe, name: string): SeedTopology {
  const view = new Schematic();
  const output = view.port("VOUT");
  const [large, small, degenerated, common, gate] = [view.net(), view.net(), view.net(), view.net(), view.net()];
  const base = divided ? view.net() : output;
  view.npn(large, base, degenerated, { area: 8 });
  view.npn(small, base, common);
  view.resistor(degenerated, common, { r: 5.4e3 });
  view.resistor(common, view.low, { r: 27e3 });
  if (amplifier === undefined) {
    view.p(small, small, view.high);
    view.p(large, small, view.high);
    view.join(gate, large);
    view.p(output, large, view.high);
    if (compensated) view.capacitor(large, output);
    drawStartUp(view, base, large, startUp);
  } else {
    const bias = new MirrorBias(view, supply, "diode");
    for (const collector of [large, small]) view.resistor(view.high, collector, { r: 40e3 });
    // The small transistor takes more current when the output is too high: its collector then falls.
    view.join(drawAmplifier(view, bias, amplifier, large, small), gate);
    view.p(output, gate, view.high);
    if (compensated) view.capacitor(gate, output);
    drawStartUp(view, base, gate, startUp);
  }
  // The transistor at the output only gives current: something must take it.
  if (divided) view.resistor(output, base, { r: 10e3 });
  view.resistor(base, view.low, { r: 100e3 });
  if (filtered) view.capacitor(output, view.low);
  return composedSeed(
    view,
    name,
    [
      "Brokaw's cell",
      amplifier === undefined
        ? "mirror at the collectors"
        : `resistors at the collectors, ${amplifier.title}, biased by ${supply}`,
      divided ? "output above the bases" : "",
      compensated ? "Miller compensation" : "",
      filtered ? "capacitor at the output" : "",
      `start-up through a ${startUp.replace("-", " ")}`,
    ],
    [BROKAW, amplifier?.citation, START_UP_CITATION],
  );
}
