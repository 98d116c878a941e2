import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawGateBias, gateBiases, gateBiasTitles, MIRROR_BIAS_CITATION, type GateBias } from "./gate-bias.js";
import { drawLoad, loadCitations, loads, loadTitles, type Load } from "./load.js";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";
import { drawSecondStage, SECOND_STAGE_TITLE } from "./second-stage.js";

const cascodes = ["rail", "port", "none", "tuned"] as const;
type Cascode = (typeof cascodes)[number];

const cascodeTitles: Readonly<Record<Cascode, string>> = {
  rail: "cascode with its gate at the supply",
  port: "cascode with a gate bias",
  none: "no cascode",
  tuned: "cascode with a coil at its source that resonates with the node's capacitance",
};

interface Recipe {
  readonly cascode: Cascode;
  readonly bias: GateBias;
  readonly load: Load;
  readonly output: Output;
  /** A capacitor beside the gate-source one, which sets the match and the width apart. */
  readonly extraCapacitor: boolean;
  readonly mirrored: boolean;
  /** A capacitor from the input to ground. */
  readonly shunted: boolean;
  readonly second: boolean;
}

/** Common-source amplifiers whose source coil makes the input resistive. */
export function* degeneratedSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes(limit)) {
    number += 1;
    yield draw(recipe, `lna-degenerated-${number}`);
  }
}

function* recipes(limit: number): Generator<Recipe> {
  for (const recipe of combinations<Recipe>({
    cascode: cascodes,
    bias: gateBiases,
    load: loads,
    output: outputs,
    extraCapacitor: [false, true],
    mirrored: [false, true],
    shunted: [false, true],
    second: [false, true],
  })) {
    const { cascode, bias, load, output, extraCapacitor, mirrored, shunted, second } = recipe;
    // A resistor would have to carry the whole current of a stack within the supply.
    if (load === "resistor" || (load === "shunt-peaked" && cascode !== "none")) continue;
    const count = departures(
      [
        [cascode, "rail"],
        [bias, "direct"],
        [load, "coil"],
        [output, "direct"],
        [extraCapacitor, false],
        [mirrored, false],
      ],
      [
        [shunted, false],
        [second, false],
      ],
    );
    if (count <= limit) yield recipe;
  }
}

function draw(recipe: Recipe, name: string): SeedTopology {
  const { cascode, bias, load, output, extraCapacitor, mirrored, shunted, second } = recipe;
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const input = physical.port("VIN");
  const last = drawOutput(view, output);
  const inner = second ? view.net() : last;
  if (shunted) view.capacitor(input, view.low);
  const series = drawGateBias(view, bias, input);
  const gate = view.net();
  const source = view.net();
  view.inductor(series, gate);
  view.inductor(source, view.low);
  if (extraCapacitor) view.capacitor(gate, source);
  const drain = cascode === "none" ? inner : view.net();
  view.n(drain, gate, source);
  if (cascode !== "none") view.n(inner, cascode === "port" ? view.port("VB") : view.high, drain);
  if (cascode === "tuned") {
    const far = view.net();
    view.inductor(drain, far);
    view.capacitor(far, view.low);
  }
  drawLoad(view, load, inner);
  if (second) drawSecondStage(view, inner, last);
  return composedSeed(
    physical,
    name,
    [
      `${mirrored ? "p" : "n"}-channel common source with inductive degeneration`,
      gateBiasTitles[bias],
      cascodeTitles[cascode],
      extraCapacitor ? "extra gate-source capacitor" : "",
      shunted ? "input capacitor to ground" : "",
      loadTitles[load],
      second ? SECOND_STAGE_TITLE : "",
      outputTitles[output],
    ],
    [
      "Razavi, RF Microelectronics, ch. 5 (cascode common-source LNA with inductive degeneration)",
      "Shaeffer, Lee, A 1.5-V, 1.5-GHz CMOS low noise amplifier, IEEE J. Solid-State Circuits 32(5), 1997",
      bias === "direct" || bias === "port" ? undefined : MIRROR_BIAS_CITATION,
      loadCitations[load],
      outputCitations[output],
    ],
  );
}
