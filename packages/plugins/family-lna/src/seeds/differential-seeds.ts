import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawGateBias, gateBiases, gateBiasTitles, MIRROR_BIAS_CITATION, type GateBias } from "./gate-bias.js";
import { drawLoad, loadCitations, loadTitles, type Load } from "./load.js";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";

const BOOK = "Razavi, RF Microelectronics, ch. 5 (differential LNAs)";
const tails = ["source", "coil", "port"] as const;
type Tail = (typeof tails)[number];
const tailTitles: Readonly<Record<Tail, string>> = {
  source: "tail current source",
  coil: "tail coil",
  port: "tail current from IB1",
};

interface Recipe {
  readonly tail: Tail;
  readonly cascode: boolean;
  readonly bias: GateBias;
  readonly load: Load;
  /** Capacitors beside the gate-source ones. */
  readonly extraCapacitors: boolean;
  /** Capacitors from each gate to the other side's drain. */
  readonly neutralised: boolean;
  readonly output: Output;
}

/** Differential amplifiers: degenerated pairs and cross-coupled common gates. */
export function* differentialSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    tail: tails,
    cascode: [true, false],
    bias: gateBiases,
    load: ["coil", "tank", "damped-coil", "shunt-peaked"],
    extraCapacitors: [false, true],
    neutralised: [false, true],
    output: outputs,
  })) {
    const { tail, cascode, bias, load, extraCapacitors, neutralised, output } = recipe;
    if (load === "shunt-peaked" && (cascode || tail !== "coil")) continue;
    // Each half has a bias diode of its own, which two tails do not need.
    if (bias === "current-mirror" && tail === "port") continue;
    const count = departures(
      [
        [tail, "source"],
        [cascode, true],
        [bias, "direct"],
        [load, "coil"],
      ],
      [
        [extraCapacitors, false],
        [neutralised, false],
        [output, "direct"],
      ],
    );
    if (count > limit) continue;
    number += 1;
    yield drawPair(recipe, `lna-differential-${number}`);
  }
  for (const coupling of ["capacitors", "none"] as const) {
    for (const cascode of [false, true]) {
      for (const load of ["coil", "tank", "damped-coil"] as const) {
        for (const foot of ["coil", "source"] as const) {
          for (const output of outputs) {
            if (departures([], [[output, "direct"]]) > limit) continue;
            number += 1;
            yield drawCommonGate(coupling, cascode, load, foot, output, `lna-differential-${number}`);
          }
        }
      }
    }
  }
}

function drawPair(recipe: Recipe, name: string): SeedTopology {
  const { tail, cascode, bias, load, extraCapacitors, neutralised, output } = recipe;
  const view = new Schematic();
  const inputs = [view.port("VIN"), view.port("VIN")] as const;
  const outs = [drawOutput(view, output), drawOutput(view, output)] as const;
  const common = tail === "port" ? view.port("IB") : view.net();
  if (tail === "source") view.n(common, view.port("VB"), view.low);
  if (tail === "coil") view.inductor(common, view.low);
  const gates: string[] = [];
  for (const side of [0, 1] as const) {
    const out = outs[side];
    const series = drawGateBias(view, bias, inputs[side]);
    const [gate, source] = [view.net(), view.net()];
    const drain = cascode ? view.net() : out;
    gates.push(gate);
    view.inductor(series, gate);
    view.n(drain, gate, source);
    view.inductor(source, common);
    if (extraCapacitors) view.capacitor(gate, source);
    if (cascode) view.n(out, view.high, drain);
    drawLoad(view, load, out);
  }
  if (neutralised) for (const side of [0, 1] as const) view.capacitor(gates[side] ?? "", outs[1 - side] ?? "");
  return composedSeed(
    view,
    name,
    [
      "Differential pair with inductive degeneration",
      tailTitles[tail],
      cascode ? "cascodes" : "",
      gateBiasTitles[bias],
      extraCapacitors ? "extra gate-source capacitors" : "",
      neutralised ? "cross-coupled neutralising capacitors" : "",
      loadTitles[load],
      outputTitles[output],
    ],
    [BOOK, bias === "direct" || bias === "port" ? undefined : MIRROR_BIAS_CITATION, loadCitations[load], outputCitations[output]],
  );
}

function drawCommonGate(
  coupling: "capacitors" | "none",
  cascode: boolean,
  load: Load,
  foot: "coil" | "source",
  output: Output,
  name: string,
): SeedTopology {
  const view = new Schematic();
  const inputs = [view.port("VIN"), view.port("VIN")] as const;
  const outs = [drawOutput(view, output), drawOutput(view, output)] as const;
  const bias = view.port("VB");
  const sources = [view.net(), view.net()] as const;
  const gates = coupling === "none" ? ([bias, bias] as const) : ([view.net(), view.net()] as const);
  const below = foot === "source" ? view.port("VB") : undefined;
  for (const side of [0, 1] as const) {
    view.capacitor(inputs[side], sources[side]);
    if (below === undefined) view.inductor(sources[side], view.low);
    else view.n(sources[side], below, view.low);
    if (coupling === "capacitors") {
      view.capacitor(sources[side === 0 ? 1 : 0], gates[side]);
      view.resistor(gates[side], bias);
    }
    const drain = cascode ? view.net() : outs[side];
    view.n(drain, gates[side], sources[side]);
    if (cascode) view.n(outs[side], view.high, drain);
    drawLoad(view, load, outs[side]);
  }
  return composedSeed(
    view,
    name,
    [
      "Differential common gate",
      coupling === "none" ? "" : "gates cross-coupled by capacitors",
      cascode ? "cascodes" : "",
      foot === "coil" ? "source coils" : "current sources below",
      loadTitles[load],
      outputTitles[output],
    ],
    [
      BOOK,
      coupling === "none"
        ? undefined
        : "Zhuo, Li, Shekhar, Embabi, Pineda de Gyvez, Allstot, Sanchez-Sinencio, A capacitor cross-coupled common-gate low-noise amplifier, IEEE Trans. Circuits Syst. II 52(12), 2005",
      loadCitations[load],
      outputCitations[output],
    ],
  );
}
