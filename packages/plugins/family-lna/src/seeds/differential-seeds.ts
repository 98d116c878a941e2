import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawGateBias, gateBiases, gateBiasTitles, MIRROR_BIAS_CITATION, type GateBias } from "./gate-bias.js";
import { drawLoad, loadCitations, loadTitles, type Load } from "./load.js";

const BOOK = "Razavi, RF Microelectronics, ch. 5 (differential LNAs)";
const tails = ["source", "coil", "port"] as const;
type Tail = (typeof tails)[number];
const tailTitles: Readonly<Record<Tail, string>> = {
  source: "tail current source",
  coil: "tail coil",
  port: "tail current from IB1",
};

/** Differential amplifiers: degenerated pairs and cross-coupled common gates. */
export function* differentialSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const tail of tails) {
    for (const cascode of [true, false]) {
      for (const bias of gateBiases) {
        for (const load of ["coil", "tank", "damped-coil", "shunt-peaked"] as const) {
          if (load === "shunt-peaked" && (cascode || tail !== "coil")) continue;
          const usual = [
            [tail, "source"],
            [cascode, true],
            [bias, "direct"],
            [load, "coil"],
          ] as const;
          // Each half has a bias diode of its own, which two tails do not need.
          if (departures(usual) > 2 || (bias === "current-mirror" && tail === "port")) continue;
          number += 1;
          yield drawPair(tail, cascode, bias, load, `lna-differential-${number}`);
        }
      }
    }
  }
  for (const coupling of ["capacitors", "none"] as const) {
    for (const cascode of [false, true]) {
      for (const load of ["coil", "tank", "damped-coil"] as const) {
        for (const foot of ["coil", "source"] as const) {
          number += 1;
          yield drawCommonGate(coupling, cascode, load, foot, `lna-differential-${number}`);
        }
      }
    }
  }
}

function drawPair(tail: Tail, cascode: boolean, bias: GateBias, load: Load, name: string): SeedTopology {
  const view = new Schematic();
  const inputs = [view.port("VIN"), view.port("VIN")] as const;
  const outs = [view.port("VOUT"), view.port("VOUT")] as const;
  const common = tail === "port" ? view.port("IB") : view.net();
  if (tail === "source") view.n(common, view.port("VB"), view.low);
  if (tail === "coil") view.inductor(common, view.low);
  for (const [index, input] of inputs.entries()) {
    const out = outs[index === 0 ? 0 : 1];
    const series = drawGateBias(view, bias, input);
    const [gate, source] = [view.net(), view.net()];
    const drain = cascode ? view.net() : out;
    view.inductor(series, gate);
    view.n(drain, gate, source);
    view.inductor(source, common);
    if (cascode) view.n(out, view.high, drain);
    drawLoad(view, load, out);
  }
  return composedSeed(
    view,
    name,
    [
      "Differential pair with inductive degeneration",
      tailTitles[tail],
      cascode ? "cascodes" : "",
      gateBiasTitles[bias],
      loadTitles[load],
    ],
    [BOOK, bias === "direct" || bias === "port" ? undefined : MIRROR_BIAS_CITATION, loadCitations[load]],
  );
}

function drawCommonGate(
  coupling: "capacitors" | "none",
  cascode: boolean,
  load: Load,
  foot: "coil" | "source",
  name: string,
): SeedTopology {
  const view = new Schematic();
  const inputs = [view.port("VIN"), view.port("VIN")] as const;
  const outs = [view.port("VOUT"), view.port("VOUT")] as const;
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
    ],
    [
      BOOK,
      coupling === "none"
        ? undefined
        : "Zhuo, Li, Shekhar, Embabi, Pineda de Gyvez, Allstot, Sanchez-Sinencio, A capacitor cross-coupled common-gate low-noise amplifier, IEEE Trans. Circuits Syst. II 52(12), 2005",
      loadCitations[load],
    ],
  );
}
