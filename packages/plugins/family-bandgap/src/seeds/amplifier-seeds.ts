import {
  type Bias,
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
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { amplifiers, drawAmplifier, type ReferenceAmplifier } from "./reference-amplifier.js";
import { type ReferenceCore, referenceCores } from "./reference-cores.js";

const supplies = ["self", "ports", "current-port", "resistor"] as const;
/** Where the amplifier's bias comes from: the reference's own mirror, or one of the usual sources. */
type AmplifierBias = (typeof supplies)[number];

const supplyTitles: Readonly<Record<AmplifierBias, string>> = {
  self: "amplifier biased by the reference",
  ports: "external bias voltages",
  "current-port": "amplifier biased by IB1",
  resistor: "amplifier biased through a resistor",
};

const supplyCitations: Readonly<Record<AmplifierBias, string | undefined>> = {
  self: "Razavi, Design of Analog CMOS Integrated Circuits, bandgap references chapter (start-up and self-biasing)",
  ports: undefined,
  "current-port": referenceCitations["current-port"],
  resistor: referenceCitations.resistor,
};

/** Where a capacitor stands: from the mirror's gates to the supply, or from the output to ground as a filter. */
type Stabiliser = "supply" | "output";

/** Some 10 uA at a gate-source voltage that an amplifier's output reaches. Metres. */
const MIRROR = { w: 20e-6, l: 2e-6 } as const;

interface Recipe {
  readonly core: ReferenceCore;
  readonly amplifier: ReferenceAmplifier;
  readonly supply: AmplifierBias;
  readonly junction: Junction;
  readonly startUp: StartUp;
  readonly stabiliser: Stabiliser;
  readonly cascoded: boolean;
}

/** References in which an amplifier holds two junctions equal and steers a p-channel mirror. */
export function* amplifierSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes()) {
    number += 1;
    yield drawSeed(recipe, `bandgap-${number}`);
  }
}

/** Each core with each amplifier, and what departs from its plain form in one respect. */
function* recipes(): Generator<Recipe> {
  for (const core of referenceCores) {
    for (const [index, amplifier] of amplifiers.entries()) {
      // Half a junction's voltage does not turn an n-channel pair on.
      if (core.name === "divided-current-mode" && !amplifier.mirrored) continue;
      const plain: Recipe = {
        core,
        amplifier,
        supply: "self",
        junction: "pnp",
        startUp: "resistor",
        stabiliser: "supply",
        cascoded: false,
      };
      yield plain;
      if (index > 3) continue;
      for (const supply of supplies) if (supply !== "self") yield { ...plain, supply };
      if (index > 1 && !(core.name === "divided-current-mode" && index === 2)) continue;
      for (const junction of junctions) {
        // Shares of a gate-source voltage in weak inversion are too little to compare.
        const tooLittle = junction === "weak-inversion" && core.name === "divided-current-mode";
        if (junction !== "pnp" && !tooLittle) yield { ...plain, junction };
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
      supply: "self",
      junction: "npn",
      startUp: "long-transistor",
      stabiliser: "supply",
      cascoded: true,
    };
  }
}

function drawSeed({ core, amplifier, supply, junction, startUp, stabiliser, cascoded }: Recipe, name: string): SeedTopology {
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
  view.join(drawAmplifier(view, bias, amplifier, plus, minus), gate);
  // A transistor in weak inversion stays below the threshold that ends the start-up; the output does not.
  drawStartUp(view, junction === "weak-inversion" ? output : started, gate, startUp);
  if (stabiliser === "supply") view.capacitor(gate, view.high);
  else view.capacitor(output, view.low);
  const titles = [
    core.title,
    junctionTitles[junction],
    amplifier.title,
    supplyTitles[supply],
    cascoded ? "cascoded current sources" : "",
    startUpTitles[startUp],
    stabiliser === "supply" ? "capacitor at the mirror" : "capacitor at the output",
  ];
  const citations = [core.citation, junctionCitations[junction], amplifier.citation, supplyCitations[supply], START_UP_CITATION];
  return {
    circuit: view.toCircuit(name),
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.flatMap((citation) => citation ?? []))].join("; "),
  };
}

function biasOf(view: Schematic, gate: string, supply: AmplifierBias): Bias {
  if (supply === "self") return new SelfBias(view.mirror, gate);
  return supply === "ports" ? new PortBias() : new MirrorBias(view, supply, "diode");
}
