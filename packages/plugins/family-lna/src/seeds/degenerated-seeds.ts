import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawGateBias, gateBiases, gateBiasTitles, MIRROR_BIAS_CITATION, type GateBias } from "./gate-bias.js";
import { drawLoad, loadCitations, loads, loadTitles, type Load } from "./load.js";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";

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
}

/** Common-source amplifiers whose source coil makes the input resistive. */
export function* degeneratedSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes()) {
    number += 1;
    yield draw(recipe, `lna-degenerated-${number}`);
  }
}

function* recipes(): Generator<Recipe> {
  for (const cascode of cascodes) {
    for (const bias of gateBiases) {
      for (const load of loads) {
        for (const output of outputs) {
          for (const extraCapacitor of [false, true]) {
            for (const mirrored of [false, true]) {
              // A resistor would have to carry the whole current of a stack within the supply.
              if (load === "resistor" || (load === "shunt-peaked" && cascode !== "none")) continue;
              const count = departures([
                [cascode, "rail"],
                [bias, "direct"],
                [load, "coil"],
                [output, "direct"],
                [extraCapacitor, false],
                [mirrored, false],
              ]);
              if (count <= 2) yield { cascode, bias, load, output, extraCapacitor, mirrored };
            }
          }
        }
      }
    }
  }
}

function draw(recipe: Recipe, name: string): SeedTopology {
  const { cascode, bias, load, output, extraCapacitor, mirrored } = recipe;
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const input = physical.port("VIN");
  const inner = drawOutput(view, output);
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
  return composedSeed(
    physical,
    name,
    [
      `${mirrored ? "p" : "n"}-channel common source with inductive degeneration`,
      gateBiasTitles[bias],
      cascodeTitles[cascode],
      extraCapacitor ? "extra gate-source capacitor" : "",
      loadTitles[load],
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
