import { type BiasPlan, biasPlans, distinct, drawPair, drawMirror, Schematic } from "@topogenie/building-blocks";
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

/**
 * Regulators round a flipped voltage follower: a p-channel control transistor stands with its source on the output and
 * steers the pass device. An amplifier finds its gate voltage on a replica, whose source it holds at the reference.
 */
export function* flippedFollowerSeeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  let number = 0;
  for (const loop of loops) {
    for (const plan of biasPlans.filter(({ departures }) => departures <= 1)) {
      for (const network of outputNetworks) {
        for (const input of inputs) {
          if (input === "separate" && network !== "none") continue;
          number += 1;
          yield drawSeed(loop, plan, network, input, `ldo-flipped-follower-${number}`);
        }
      }
    }
  }
}

function drawSeed(loop: Loop, plan: BiasPlan, network: OutputNetwork, input: Input, name: string): SeedTopology {
  const view = new Schematic();
  const reference = view.port("VREF");
  const output = view.port("VOUT");
  const bias = plan.start(view);
  const [replica, control] = [view.net(), view.net()];
  drawReplica(view, bias, reference, replica, control);
  const sensed = view.net();
  view.p(sensed, control, output);
  // Two equal devices: one takes the control transistor's current, the other that of the source above the fold.
  for (let unit = 0; unit < 2; unit++) view.n(sensed, bias.level(view, "source"), view.low);
  drawPass(view, "pmos", input, drawLoop(view, bias, sensed, loop), output);
  drawOutputNetwork(view, output, network);
  const titles = [
    "flipped voltage follower",
    loopTitles[loop],
    outputNetworkTitles[network],
    input === "separate" ? "input of its own" : "",
    plan.title,
  ];
  const citations = [HAZUCHA, outputNetworkCitations[network], plan.citation];
  return {
    circuit: view.toCircuit(name),
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.filter((citation) => citation !== undefined))].join("; "),
  };
}

type Bias = ReturnType<BiasPlan["start"]>;

/** The control transistor's copy, diode-connected between equal currents; the amplifier sinks what holds its source at the reference. */
function drawReplica(view: Schematic, bias: Bias, reference: string, replica: string, control: string): void {
  view.p(replica, bias.level(view.mirror, "source"), view.high);
  view.p(control, control, replica);
  const [idle, steering] = [view.net(), view.net()];
  drawPair(view, bias, [replica, reference], [idle, steering], "plain", "source");
  drawMirror(view.mirror, bias, idle, steering, "simple");
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
