import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawLoad, loadCitations, loadTitles, type Load } from "./load.js";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";

const BOOK = "Razavi, RF Microelectronics, 1st ed., ch. 6 (bipolar LNAs)";
const FEEDBACK_BOOK = "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 8 (feedback amplifiers)";
const biases = ["direct", "divider", "mirror", "feedback"] as const;
type Bias = (typeof biases)[number];
const biasTitles: Readonly<Record<Bias, string>> = {
  direct: "biased through its source",
  divider: "base at a resistive divider",
  mirror: "base current from a bias diode",
  feedback: "base resistor from the collector",
};
const degenerations = ["coil", "none", "resistor"] as const;
type Degeneration = (typeof degenerations)[number];

interface Recipe {
  readonly cascode: boolean;
  readonly bias: Bias;
  readonly degeneration: Degeneration;
  readonly load: Load;
  readonly baseCoil: boolean;
  readonly output: Output;
}

/** Bipolar amplifiers: common emitter, cascode, common base, and feedback. */
export function* bipolarSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    cascode: [false, true],
    bias: biases,
    degeneration: degenerations,
    load: ["coil", "tank", "damped-coil", "resistor", "shunt-peaked"],
    baseCoil: [true, false],
    output: outputs,
  })) {
    const { cascode, bias, degeneration, load, baseCoil, output } = recipe;
    // Feedback for direct current needs a collector below the supply; a stack needs a load that drops nothing.
    const drops = load === "resistor" || load === "shunt-peaked";
    if ((bias === "feedback" && !drops) || (cascode && drops)) continue;
    // That is the common emitter with shunt feedback below.
    if (bias === "feedback" && degeneration === "none" && !baseCoil && output === "direct") continue;
    const count = departures(
      [
        [cascode, false],
        [bias, "direct"],
        [degeneration, "coil"],
        [load, bias === "feedback" ? "resistor" : "coil"],
        [baseCoil, true],
      ],
      [[output, "direct"]],
    );
    if (count > limit) continue;
    number += 1;
    yield drawEmitter(recipe, `lna-bipolar-${number}`);
  }
  for (const load of ["coil", "tank", "damped-coil", "resistor"] as const) {
    for (const foot of ["coil", "resistor"] as const) {
      number += 1;
      yield drawBase(load, foot, `lna-bipolar-${number}`);
    }
  }
  for (const load of ["resistor", "shunt-peaked"] as const) {
    for (const follower of [false, true]) {
      for (const darlington of [false, true]) {
        number += 1;
        yield drawFeedbackPair(load, follower, darlington, `lna-bipolar-${number}`);
      }
    }
  }
}

function drawEmitter(recipe: Recipe, name: string): SeedTopology {
  const { cascode, bias, degeneration, load, baseCoil, output } = recipe;
  const view = new Schematic();
  const port = view.port("VIN");
  const out = drawOutput(view, output);
  const series = bias === "direct" ? port : view.net();
  if (bias !== "direct") view.capacitor(port, series);
  const base = baseCoil ? view.net() : series;
  if (baseCoil) view.inductor(series, base);
  const emitter = degeneration === "none" ? view.low : view.net();
  if (degeneration === "coil") view.inductor(emitter, view.low);
  if (degeneration === "resistor") view.resistor(emitter, view.low);
  const collector = cascode ? view.net() : out;
  view.npn(collector, base, emitter);
  if (cascode) view.npn(out, view.port("VB"), collector);
  if (bias === "divider") {
    view.resistor(view.high, series);
    view.resistor(series, view.low);
  } else if (bias === "mirror") {
    const diode = view.port("IB");
    view.npn(diode, diode, view.low);
    view.resistor(diode, series);
  } else if (bias === "feedback") view.resistor(out, series);
  drawLoad(view, load, out);
  return composedSeed(
    view,
    name,
    [
      cascode ? "Bipolar cascode" : "Common emitter",
      { coil: "emitter coil", none: "emitter on ground", resistor: "emitter resistor" }[degeneration],
      baseCoil ? "base coil" : "",
      biasTitles[bias],
      loadTitles[load],
      outputTitles[output],
    ],
    [BOOK, bias === "feedback" ? FEEDBACK_BOOK : undefined, loadCitations[load], outputCitations[output]],
  );
}

function drawBase(load: Load, foot: "coil" | "resistor", name: string): SeedTopology {
  const view = new Schematic();
  const port = view.port("VIN");
  const out = view.port("VOUT");
  const emitter = view.net();
  view.capacitor(port, emitter);
  if (foot === "coil") view.inductor(emitter, view.low);
  else view.resistor(emitter, view.low);
  view.npn(out, view.port("VB"), emitter);
  drawLoad(view, load, out);
  return composedSeed(view, name, ["Common base", `emitter ${foot} to ground`, loadTitles[load]], [BOOK, loadCitations[load]]);
}

/** Shunt feedback around one transistor or a Darlington pair, with or without a follower in the loop. */
function drawFeedbackPair(load: "resistor" | "shunt-peaked", follower: boolean, darlington: boolean, name: string): SeedTopology {
  const view = new Schematic();
  const port = view.port("VIN");
  const out = view.port("VOUT");
  const base = view.net();
  const collector = follower ? view.net() : out;
  view.capacitor(port, base);
  if (darlington) {
    const middle = view.net();
    view.npn(collector, base, middle);
    view.resistor(middle, view.low);
    view.npn(collector, middle, view.low);
  } else view.npn(collector, base, view.low);
  drawLoad(view, load, collector);
  if (follower) {
    view.npn(view.high, collector, out);
    view.resistor(out, view.low);
  }
  view.resistor(out, base);
  return composedSeed(
    view,
    name,
    [
      darlington ? "Darlington pair with shunt feedback" : "Common emitter with shunt feedback from",
      follower ? "emitter follower in the loop" : "",
      loadTitles[load],
    ],
    [BOOK, FEEDBACK_BOOK, loadCitations[load]],
  );
}
