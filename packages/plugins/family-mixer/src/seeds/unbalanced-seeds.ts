import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { bufferCitations, buffers, bufferTitles, drawBuffers, type Buffer } from "./output-buffer.js";

const BOOK = "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 13 (square-law and dual-gate mixers)";
const MICROMIXER =
  "Gilbert, The MICROMIXER: a highly linear variant of the Gilbert mixer using a bisymmetric class-AB input stage, IEEE J. Solid-State Circuits 32(9), 1997";
const forms = ["dual-gate", "source-driven", "gate-sum", "switched-source"] as const;
type Form = (typeof forms)[number];
const formTitles: Readonly<Record<Form, string>> = {
  "dual-gate": "Dual-gate mixer",
  "source-driven": "Square-law mixer with the local oscillator at the source",
  "gate-sum": "Square-law mixer with signal and local oscillator at one gate",
  "switched-source": "Transconductor switched at its source",
};
type Load = "resistor" | "filtered" | "tank";
const loadTitles: Readonly<Record<Load, string>> = {
  resistor: "resistor load",
  filtered: "resistor load with a capacitor",
  tank: "tank load",
};

/** Mixers of one or two transistors, and double-balanced ones with inputs that make both phases of the signal. */
export function* unbalancedSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const form of forms) {
    for (const bipolar of [false, true]) {
      for (const load of ["resistor", "filtered", "tank"] as const) {
        for (const buffer of buffers) {
          if (departures([], [[buffer, "none"]]) > limit) continue;
          number += 1;
          yield drawSingle(form, bipolar, load, buffer, `mixer-unbalanced-${number}`);
        }
      }
    }
  }
  for (const bipolar of [false, true]) {
    for (const input of ["micromixer", "grounded-pair", "coil-coupled"] as const) {
      for (const load of ["resistor", "filtered", "tank"] as const) {
        for (const buffer of buffers) {
          if (departures([], [[buffer, "none"]]) > limit) continue;
          number += 1;
          yield drawBalun(bipolar, input, load, buffer, `mixer-balun-${number}`);
        }
      }
    }
  }
}

function active(view: Schematic, bipolar: boolean, output: string, control: string, common: string): void {
  if (bipolar) view.npn(output, control, common);
  else view.n(output, control, common);
}

function drawLoad(view: Schematic, load: Load, out: string): void {
  if (load === "tank") {
    view.inductor(view.high, out);
    view.capacitor(view.high, out);
    return;
  }
  view.resistor(view.high, out);
  if (load === "filtered") view.capacitor(out, view.low);
}

function drawSingle(form: Form, bipolar: boolean, load: Load, buffer: Buffer, name: string): SeedTopology {
  const view = new Schematic();
  const [signal, oscillator] = [view.port("VRF"), view.port("VLO")];
  const [out = ""] = drawBuffers(view, buffer, [view.port("VIF")]);
  if (form === "dual-gate") {
    const middle = view.net();
    active(view, bipolar, middle, signal, view.low);
    active(view, bipolar, out, oscillator, middle);
  } else if (form === "switched-source") {
    const middle = view.net();
    active(view, bipolar, out, signal, middle);
    active(view, bipolar, middle, oscillator, view.low);
  } else {
    const gate = view.net();
    view.capacitor(signal, gate);
    view.resistor(gate, view.port("VB"));
    if (form === "gate-sum") {
      view.capacitor(oscillator, gate);
      active(view, bipolar, out, gate, view.low);
    } else {
      const source = view.net();
      view.capacitor(oscillator, source);
      view.resistor(source, view.low);
      active(view, bipolar, out, gate, source);
    }
  }
  drawLoad(view, load, out);
  return composedSeed(
    view,
    name,
    [formTitles[form], bipolar ? "bipolar" : "MOS", loadTitles[load], bufferTitles[buffer]],
    [BOOK, bufferCitations[buffer]],
  );
}

function drawBalun(
  bipolar: boolean,
  input: "micromixer" | "grounded-pair" | "coil-coupled",
  load: Load,
  buffer: Buffer,
  name: string,
): SeedTopology {
  const view = new Schematic();
  const signal = view.port("VRF");
  const oscillators = [view.port("VLO"), view.port("VLO")] as const;
  const [plusOut = "", minusOut = ""] = drawBuffers(view, buffer, [view.port("VIF"), view.port("VIF")]);
  const outs = [plusOut, minusOut] as const;
  const commons = [view.net(), view.net()] as const;
  if (input === "micromixer") {
    // A common gate passes the signal on upright, a mirror inverts it.
    const diode = view.net();
    view.capacitor(signal, diode);
    active(view, bipolar, commons[0], view.port("VB"), diode);
    active(view, bipolar, diode, diode, view.low);
    active(view, bipolar, commons[1], diode, view.low);
  } else {
    const tail = view.net();
    const [gate, bias] = [view.net(), view.port("VB")];
    view.capacitor(signal, gate);
    view.resistor(gate, bias);
    active(view, bipolar, commons[0], gate, tail);
    active(view, bipolar, commons[1], bias, tail);
    if (input === "coil-coupled") {
      view.inductor(tail, view.low);
    } else view.n(tail, view.port("VB"), view.low);
  }
  for (const [index, common] of commons.entries()) {
    const [plus, minus] = index === 0 ? oscillators : [oscillators[1], oscillators[0]];
    active(view, bipolar, outs[0], plus, common);
    active(view, bipolar, outs[1], minus, common);
  }
  for (const out of outs) drawLoad(view, load, out);
  const titles = {
    micromixer: "class-AB input that makes both phases",
    "grounded-pair": "pair driven at one side",
    "coil-coupled": "pair driven at one side over a tail coil",
  } as const;
  return composedSeed(
    view,
    name,
    [
      `Double-balanced ${bipolar ? "bipolar" : "MOS"} mixer with a single-ended input`,
      titles[input],
      loadTitles[load],
      bufferTitles[buffer],
    ],
    [
      input === "micromixer" ? MICROMIXER : "Razavi, RF Microelectronics, ch. 6 (active downconversion mixers)",
      bufferCitations[buffer],
    ],
  );
}
