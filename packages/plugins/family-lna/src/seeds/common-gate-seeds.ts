import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawLoad, loadCitations, loads, loadTitles, type Load } from "./load.js";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";
import { drawSecondStage, SECOND_STAGE_TITLE } from "./second-stage.js";

const feet = ["coil", "source", "resistor", "tuned"] as const;
/** How the source's direct current reaches the rail. */
type Foot = (typeof feet)[number];

const footTitles: Readonly<Record<Foot, string>> = {
  coil: "source coil to ground",
  source: "current source below",
  resistor: "resistor below",
  tuned: "source coil tuned by a capacitor",
};

const gates = ["port", "bypassed-mirror", "boosted", "feedforward"] as const;
/** What is at the gate. */
type Gate = (typeof gates)[number];

const gateTitles: Readonly<Record<Gate, string>> = {
  port: "gate at a bias voltage",
  "bypassed-mirror": "gate at a bypassed bias diode",
  boosted: "gate driven by an inverting common-source booster",
  feedforward: "gate driven by an inverting p-channel booster",
};

interface Recipe {
  readonly foot: Foot;
  readonly gate: Gate;
  readonly cascode: boolean;
  readonly load: Load;
  readonly output: Output;
  readonly match: boolean;
  readonly second: boolean;
}

/** Common-gate amplifiers, whose input resistance is the inverse of a transconductance. */
export function* commonGateSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes(limit)) {
    number += 1;
    yield draw(recipe, `lna-common-gate-${number}`);
  }
}

function* recipes(limit: number): Generator<Recipe> {
  for (const recipe of combinations<Recipe>({
    foot: feet,
    gate: gates,
    cascode: [false, true],
    load: loads,
    output: outputs,
    match: [false, true],
    second: [false, true],
  })) {
    const { foot, gate, cascode, load, output, match, second } = recipe;
    const stack = Number(cascode) + Number(foot === "source" || foot === "resistor");
    if (stack > 1 || (stack > 0 && (load === "resistor" || load === "shunt-peaked"))) continue;
    // The booster stands at the source's direct voltage, which a coil would leave at the rail.
    if (gate === "boosted" && foot !== "resistor") continue;
    if (gate === "feedforward" && (foot === "source" || foot === "resistor")) continue;
    const count = departures(
      [
        [foot, gate === "boosted" ? "resistor" : "coil"],
        [gate, "port"],
        [cascode, false],
        [load, "coil"],
        [output, "direct"],
        [match, false],
      ],
      [[second, false]],
    );
    if (count <= limit) yield recipe;
  }
}

function draw({ foot, gate, cascode, load, output, match, second }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const input = view.port("VIN");
  const last = drawOutput(view, output);
  const inner = second ? view.net() : last;
  const source = view.net();
  view.capacitor(input, source);
  if (match) view.capacitor(input, view.low);
  if (foot === "resistor") view.resistor(source, view.low);
  else if (foot === "source") view.n(source, view.port("VB"), view.low);
  else view.inductor(source, view.low);
  if (foot === "tuned") view.capacitor(source, view.low);
  const drain = cascode ? view.net() : inner;
  view.n(drain, drawGate(view, gate, source), source);
  if (cascode) view.n(inner, view.high, drain);
  drawLoad(view, load, inner);
  if (second) drawSecondStage(view, inner, last);
  return composedSeed(
    view,
    name,
    [
      "Common gate",
      footTitles[foot],
      gateTitles[gate],
      cascode ? "cascode" : "",
      match ? "input capacitor to ground" : "",
      loadTitles[load],
      second ? SECOND_STAGE_TITLE : "",
      outputTitles[output],
    ],
    [
      "Razavi, RF Microelectronics, ch. 5 (common-gate LNA)",
      gate === "boosted" || gate === "feedforward"
        ? "Zhuo, Li, Shekhar, Embabi, Pineda de Gyvez, Allstot, Sanchez-Sinencio, A capacitor cross-coupled common-gate low-noise amplifier, IEEE Trans. Circuits Syst. II 52(12), 2005 (boosted transconductance)"
        : undefined,
      loadCitations[load],
      outputCitations[output],
    ],
  );
}

function drawGate(view: Schematic, gate: Gate, source: string): string {
  if (gate === "port") return view.port("VB");
  if (gate === "bypassed-mirror") {
    const diode = view.port("IB");
    view.n(diode, diode, view.low);
    view.capacitor(diode, view.low);
    return diode;
  }
  const net = view.net();
  if (gate === "boosted") {
    view.n(net, source, view.low);
    view.resistor(view.high, net);
    return net;
  }
  const boosterGate = view.net();
  view.capacitor(source, boosterGate);
  view.resistor(boosterGate, net);
  view.p(net, boosterGate, view.high);
  view.resistor(net, view.low);
  return net;
}
