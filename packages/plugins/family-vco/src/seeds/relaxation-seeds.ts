import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { buffers, bufferTitles, drawBuffer, type Buffer } from "./output-buffer.js";
import { startingAt } from "./starting-at.js";

const COUPLED_CITATION =
  "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 10 (emitter-coupled multivibrator of phase-locked loops)";
const MOS_CITATION = "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 17 (relaxation oscillators)";
/** Where bipolar ones begin: the drop of half a milliampere or a whole one must not drive a collector far below its base. */
const BIPOLAR_LOAD_OHMS = 300;
/** It then turns round after about a nanosecond. */
const BIPOLAR_TIMING_FARADS = 0.5e-12;
type Load = "resistor" | "diode" | "clamped";
const loadTitles: Readonly<Record<Load, string>> = {
  resistor: "resistor loads",
  diode: "diode loads",
  clamped: "resistor loads with clamping diodes",
};

/** Oscillators that charge a capacitor to a threshold and turn round. */
export function* relaxationSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const bipolar of [false, true]) {
    for (const load of ["resistor", "diode", "clamped"] as const) {
      for (const followers of [false, true]) {
        for (const foot of ["control", "mirror", "resistor"] as const) {
          // A diode load of the same voltage as the pair's own leaves a bipolar pair no room for followers.
          if (followers && load === "diode") continue;
          for (const buffer of buffers) {
            if (departures([], [[buffer, "none"]]) > limit) continue;
            number += 1;
            yield drawCoupled(bipolar, load, followers, foot, buffer, `vco-relaxation-${number}`);
          }
        }
      }
    }
  }
  for (const tuned of ["resistor", "transistor", "varactor"] as const) {
    for (const stages of [2, 3] as const) {
      number += 1;
      yield drawAstable(tuned, stages, `vco-relaxation-${number}`);
    }
  }
}

function drawCoupled(
  bipolar: boolean,
  load: Load,
  followers: boolean,
  foot: "control" | "mirror" | "resistor",
  buffer: Buffer,
  name: string,
): SeedTopology {
  const view = new Schematic();
  const ports = [view.port("VOUT"), view.port("VOUT")] as const;
  const outs = buffer === "none" ? ports : ([view.net(), view.net()] as const);
  const sources = [view.net(), view.net()] as const;
  const gate = foot === "control" ? view.port("VCONT") : foot === "mirror" ? view.port("IB") : "";
  if (foot === "mirror") view.n(gate, gate, view.low);
  for (const side of [0, 1] as const) {
    const own = outs[side];
    let drive = outs[side === 0 ? 1 : 0];
    if (followers) {
      const shifted = view.net();
      if (bipolar) view.npn(view.high, drive, shifted);
      else view.n(view.high, drive, shifted);
      view.resistor(shifted, view.low);
      drive = shifted;
    }
    if (bipolar) view.npn(own, drive, sources[side]);
    else view.n(own, drive, sources[side]);
    if (foot === "resistor") view.resistor(sources[side], view.low);
    else view.n(sources[side], gate, view.low);
    if (load === "diode") {
      if (bipolar) view.npn(view.high, view.high, own);
      else view.p(own, own, view.high);
    } else view.resistor(view.high, own);
    if (load === "clamped") view.diode(view.high, own);
  }
  view.capacitor(sources[0], sources[1]);
  for (const side of [0, 1] as const) drawBuffer(view, buffer, outs[side], ports[side]);
  const drawn = composedSeed(
    view,
    name,
    [
      `${bipolar ? "Emitter" : "Source"}-coupled multivibrator`,
      loadTitles[load],
      followers ? "followers in the coupling" : "",
      {
        control: "currents at the control voltage",
        mirror: "currents mirrored from a bias current",
        resistor: "resistors below",
      }[foot],
      bufferTitles[buffer],
    ],
    [bipolar ? COUPLED_CITATION : MOS_CITATION],
  );
  if (!bipolar) return drawn;
  return startingAt(drawn, ({ type, nets }) => {
    if (type === "capacitor") return { c: BIPOLAR_TIMING_FARADS };
    return type === "resistor" && nets.includes(view.high) ? { r: BIPOLAR_LOAD_OHMS } : undefined;
  });
}

/** Inverters around a resistor and a capacitor: the last drives the resistor, the one before it the capacitor. */
function drawAstable(tuned: "resistor" | "transistor" | "varactor", stages: 2 | 3, name: string): SeedTopology {
  const view = new Schematic();
  const out = view.port("VOUT");
  const timing = view.net();
  const invert = (from: string, to: string): void => {
    view.n(to, from, view.low);
    view.p(to, from, view.high);
  };
  const middle = view.net();
  invert(timing, middle);
  invert(middle, out);
  // The capacitor lifts the timing node with the output; the resistor pulls it towards the opposite level.
  view.capacitor(out, timing);
  let opposite = middle;
  if (stages === 3) {
    opposite = view.net();
    invert(out, opposite);
  }
  if (tuned === "transistor") {
    const control = view.port("VCONT");
    view.n(opposite, control, timing);
    view.resistor(opposite, timing);
  } else {
    view.resistor(opposite, timing);
    if (tuned === "varactor") {
      const control = view.port("VCONT");
      view.n(control, timing, control);
    }
  }
  return composedSeed(
    view,
    name,
    [
      `Astable multivibrator of ${stages} inverters`,
      {
        resistor: "fixed resistor",
        transistor: "control transistor beside the resistor",
        varactor: "MOS varactor at the timing node",
      }[tuned],
    ],
    [MOS_CITATION],
  );
}
