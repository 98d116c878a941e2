import {
  drawReference,
  drawStartUp,
  MirrorBias,
  referenceCitations,
  Schematic,
  START_UP_CITATION,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { amplifiers, drawAmplifier } from "./reference-amplifier.js";

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
export function* bipolarSeeds(): Generator<SeedTopology> {
  yield* widlarSeeds();
  yield* brokawSeeds();
}

function* widlarSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const feed of feeds) {
    for (const gain of gains) {
      // One transistor takes up the surplus of a feed that follows the supply only at the price of a line sensitivity of 15 %/V.
      if (gain === "plain" && feed !== "current-port") continue;
      for (const filtered of [false, true]) {
        number += 1;
        yield drawWidlar(feed, gain, filtered, `bandgap-widlar-${number}`);
      }
    }
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
  return {
    circuit: view.toCircuit(name),
    title: [
      "Widlar's three-transistor reference",
      gain === "plain" ? "" : "shunt regulated through two inversions",
      feedTitles[feed],
      filtered ? "capacitor at the output" : "",
    ]
      .filter((title) => title !== "")
      .join(", "),
    citation: [WIDLAR, feedCitations[feed]].filter((citation) => citation !== undefined).join("; "),
  };
}

const brokawLoads = ["mirror", "resistors"] as const;

function* brokawSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const load of brokawLoads) {
    for (const divided of [false, true]) {
      for (const startUp of ["resistor", "long-transistor"] as const) {
        for (const amplifier of load === "mirror" ? [undefined] : amplifiers.slice(0, 1)) {
          for (const supply of load === "mirror" ? (["ports"] as const) : (["current-port", "resistor"] as const)) {
            for (const compensated of [false, true]) {
              number += 1;
              yield drawBrokaw({ divided, startUp, amplifier, supply, compensated }, `bandgap-brokaw-${number}`);
            }
          }
        }
      }
    }
  }
}

interface BrokawRecipe {
  readonly divided: boolean;
  readonly startUp: "resistor" | "long-transistor";
  /** None: the collectors' mirror is the amplifier. */
  readonly amplifier: (typeof amplifiers)[number] | undefined;
  readonly supply: "ports" | "current-port" | "resistor";
  readonly compensated: boolean;
}

/** Two transistors with one base voltage and unequal areas carry equal currents; the voltage at their bases is the reference. */
function drawBrokaw({ divided, startUp, amplifier, supply, compensated }: BrokawRecipe, name: string): SeedTopology {
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
    const bias = new MirrorBias(view, supply === "ports" ? "current-port" : supply, "diode");
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
  return {
    circuit: view.toCircuit(name),
    title: [
      "Brokaw's cell",
      amplifier === undefined
        ? "mirror at the collectors"
        : `resistors at the collectors, ${amplifier.title}, biased by ${supply}`,
      divided ? "output above the bases" : "",
      compensated ? "Miller compensation" : "",
      `start-up through a ${startUp.replace("-", " ")}`,
    ]
      .filter((title) => title !== "")
      .join(", "),
    citation: [BROKAW, amplifier?.citation, START_UP_CITATION].filter((citation) => citation !== undefined).join("; "),
  };
}
