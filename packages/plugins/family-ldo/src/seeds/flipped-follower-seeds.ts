import {
  type BiasPlan,
  biasPlans,
  combinations,
  composedSeed,
  departures,
  drawMirror,
  drawPair,
  type Mirror,
  mirrorCitations,
  mirrorTitles,
  Schematic,
  type Tail,
  tailCitations,
  tailTitles,
  textbookFirst,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import {
  drawOutputNetwork,
  type OutputNetwork,
  outputNetworkCitations,
  outputNetworks,
  outputNetworkTitles,
} from "./output-network.js";
import { drawPass, type Input, inputs } from "./pass-device.js";

const loops = ["folded", "buffered"] as const;
/** How the control transistor's drain reaches the pass device's gate. */
type Loop = (typeof loops)[number];

const loopTitles: Readonly<Record<Loop, string>> = {
  folded: "folded control path",
  buffered: "folded control path with source follower",
};

const HAZUCHA =
  "Hazucha, Karnik, Bloechel, Parsons, Finan, Borkar, Area-efficient linear regulator with ultra-fast load regulation, IEEE J. Solid-State Circuits 40 (2005)";

interface Recipe {
  readonly loop: Loop;
  readonly plan: BiasPlan;
  readonly network: OutputNetwork;
  readonly input: Input;
  /** The load of the replica's amplifier, and its tail. */
  readonly mirror: Mirror;
  readonly tail: Tail;
}

/**
 * Regulators round a flipped voltage follower: a p-channel control transistor stands with its source on the output and
 * steers the pass device. An amplifier finds its gate voltage on a replica, whose source it holds at the reference.
 */
export function* flippedFollowerSeeds(most: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookRecipes, all: possibleRecipes, departuresOf }, most)) {
    number += 1;
    yield drawSeed(recipe, `ldo-flipped-follower-${number}`);
  }
}

function* textbookRecipes(): Generator<Recipe> {
  const choices = combinations<Recipe>({
    loop: loops,
    plan: biasPlans.filter((plan) => plan.departures <= 1),
    network: outputNetworks,
    input: inputs,
    mirror: ["simple"],
    tail: ["source"],
  });
  for (const recipe of choices) if (recipe.input === "shared" || recipe.network === "none") yield recipe;
}

function* possibleRecipes(): Generator<Recipe> {
  const choices = combinations<Recipe>({
    loop: loops,
    plan: biasPlans,
    network: outputNetworks,
    input: inputs,
    mirror: ["simple", "degenerated", "wide-swing"],
    tail: ["source", "cascode", "resistor", "port"],
  });
  for (const recipe of choices) if (recipe.tail !== "port" || recipe.plan.external) yield recipe;
}

function departuresOf({ plan, network, input, mirror, tail }: Recipe): number {
  const choices = departures([
    [network, "none"],
    [input, "shared"],
    [mirror, "simple"],
    [tail, "source"],
  ]);
  return choices + plan.departures;
}

function drawSeed({ loop, plan, network, input, mirror, tail }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const reference = view.port("VREF");
  const output = view.port("VOUT");
  const bias = plan.start(view);
  const [replica, control] = [view.net(), view.net()];
  drawReplica(view, bias, { reference, replica, control, mirror, tail });
  const sensed = view.net();
  view.p(sensed, control, output);
  // Two equal devices: one takes the control transistor's current, the other that of the source above the fold.
  for (let unit = 0; unit < 2; unit++) view.n(sensed, bias.level(view, "source"), view.low);
  drawPass(view, "pmos", input, drawLoop(view, bias, sensed, loop), output);
  drawOutputNetwork(view, output, network);
  return composedSeed(
    view,
    name,
    [
      "flipped voltage follower",
      loopTitles[loop],
      mirror === "simple" ? "" : `${mirrorTitles[mirror]} in the replica's amplifier`,
      tailTitles[tail],
      outputNetworkTitles[network],
      input === "separate" ? "input of its own" : "",
      plan.title,
    ],
    [
      HAZUCHA,
      mirror === "simple" ? undefined : mirrorCitations[mirror],
      tailCitations[tail],
      outputNetworkCitations[network],
      plan.citation,
    ],
  );
}

type Bias = ReturnType<BiasPlan["start"]>;

interface Replica {
  readonly reference: string;
  readonly replica: string;
  readonly control: string;
  readonly mirror: Mirror;
  readonly tail: Tail;
}

/** The control transistor's copy, diode-connected between equal currents; the amplifier sinks what holds its source at the reference. */
function drawReplica(view: Schematic, bias: Bias, { reference, replica, control, mirror, tail }: Replica): void {
  view.p(replica, bias.level(view.mirror, "source"), view.high);
  view.p(control, control, replica);
  const [idle, steering] = [view.net(), view.net()];
  drawPair(view, bias, [replica, reference], [idle, steering], "plain", tail);
  drawMirror(view.mirror, bias, idle, steering, mirror);
  view.n(control, steering, view.low);
  view.capacitor(control, steering);
}

/** Leads the control transistor's drain to the pass device's gate with one inversion less than its source path has. */
function drawLoop(view: Schematic, bias: Bias, sensed: string, loop: Loop): string {
  // A common-gate device takes the current at low impedance and gives it to the gate under a current source.
  const folded = view.net();
  view.n(folded, bias.level(view, "stack"), sensed);
  view.p(folded, bias.level(view.mirror, "source"), view.high);
  if (loop === "folded") return folded;
  const gate = view.net();
  view.p(view.low, folded, gate);
  view.p(gate, bias.level(view.mirror, "source"), view.high);
  return gate;
}
