import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";

const FEEDFORWARD_CITATION =
  "Bruccoleri, Klumperink, Nauta, Wide-band CMOS low-noise amplifier exploiting thermal noise canceling, IEEE J. Solid-State Circuits 39(2), 2004";
const BALUN_CITATION =
  "Blaakmeer, Klumperink, Leenaerts, Nauta, Wideband balun-LNA with simultaneous output balancing, noise-canceling and distortion-canceling, IEEE J. Solid-State Circuits 43(6), 2008";
const BOOK = "Razavi, RF Microelectronics, ch. 5 (noise-cancelling LNAs)";

type FirstStage = "resistor" | "inverter" | "current-source";
type Adder = "follower" | "cascoded-follower" | "two-common-sources";

/** Amplifiers in which the noise of the matching device reaches the output along two paths and cancels. */
export function* noiseCancellingSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const first of ["resistor", "inverter", "current-source"] as const) {
    for (const adder of ["follower", "cascoded-follower", "two-common-sources"] as const) {
      for (const buffer of [false, true]) {
        for (const output of outputs) {
          if (departures([], [[output, "direct"]]) > limit) continue;
          number += 1;
          yield drawFeedforward(first, adder, buffer, output, `lna-noise-cancelling-${number}`);
        }
      }
    }
  }
  for (const cascode of [false, true]) {
    for (const loads of ["resistor", "shunt-peaked", "coil"] as const) {
      for (const foot of ["coil", "source"] as const) {
        for (const separate of [false, true]) {
          if (
            departures([
              [cascode, false],
              [loads, "resistor"],
              [foot, "coil"],
              [separate, false],
            ]) > limit
          )
            continue;
          if (cascode && loads !== "coil") continue;
          number += 1;
          yield drawBalun(cascode, loads, foot, separate, `lna-noise-cancelling-${number}`);
        }
      }
    }
  }
}

function drawFeedforward(first: FirstStage, adder: Adder, buffer: boolean, output: Output, name: string): SeedTopology {
  const view = new Schematic();
  const port = view.port("VIN");
  const out = drawOutput(view, output);
  const sum = buffer ? view.net() : out;
  const input = view.net();
  const middle = view.net();
  view.capacitor(port, input);
  view.n(middle, input, view.low);
  if (first === "inverter") view.p(middle, input, view.high);
  else if (first === "current-source") view.p(middle, view.port("VB"), view.high);
  else view.resistor(view.high, middle);
  view.resistor(input, middle);
  const drain = adder === "cascoded-follower" ? view.net() : sum;
  view.n(drain, input, view.low);
  if (adder === "cascoded-follower") view.n(sum, view.port("VB"), drain);
  if (adder === "two-common-sources") {
    const inverted = view.net();
    // The first stage's output is inverted once more by a second common source and added in the current of a coil.
    view.n(inverted, middle, view.low);
    view.resistor(view.high, inverted);
    const gate = view.net();
    view.capacitor(inverted, gate);
    view.resistor(gate, view.port("VB"));
    view.n(sum, gate, view.low);
    view.inductor(view.high, sum);
  } else view.n(view.high, middle, sum);
  if (buffer) {
    const gate = view.net();
    view.capacitor(sum, gate);
    view.resistor(gate, view.port("VB"));
    view.n(out, gate, view.low);
    view.inductor(view.high, out);
  }
  const firsts: Readonly<Record<FirstStage, string>> = {
    resistor: "common-source matching stage with resistor load",
    inverter: "inverter matching stage",
    "current-source": "common-source matching stage with p-channel current source",
  };
  const adders: Readonly<Record<Adder, string>> = {
    follower: "source follower and common source add",
    "cascoded-follower": "source follower and cascoded common source add",
    "two-common-sources": "two common sources add in a coil",
  };
  return composedSeed(
    view,
    name,
    [
      "Noise-cancelling amplifier",
      firsts[first],
      adders[adder],
      buffer ? "common-source output stage" : "",
      outputTitles[output],
    ],
    [FEEDFORWARD_CITATION, BOOK, outputCitations[output]],
  );
}

type BalunLoad = "resistor" | "shunt-peaked" | "coil";

function drawBalun(cascode: boolean, load: BalunLoad, foot: "coil" | "source", separate: boolean, name: string): SeedTopology {
  const view = new Schematic();
  const port = view.port("VIN");
  const outs = [view.port("VOUT"), view.port("VOUT")] as const;
  const source = view.net();
  view.capacitor(port, source);
  if (foot === "coil") view.inductor(source, view.low);
  else view.n(source, view.port("VB"), view.low);
  const gate = view.net();
  view.capacitor(separate ? port : source, gate);
  view.resistor(gate, view.port("VB"));
  const drains = cascode ? ([view.net(), view.net()] as const) : outs;
  view.n(drains[0], view.port("VB"), source);
  view.n(drains[1], gate, view.low);
  if (cascode) {
    view.n(outs[0], view.high, drains[0]);
    view.n(outs[1], view.high, drains[1]);
  }
  for (const out of outs) {
    if (load === "coil") view.inductor(view.high, out);
    else if (load === "resistor") view.resistor(view.high, out);
    else {
      const middle = view.net();
      view.inductor(view.high, middle);
      view.resistor(middle, out);
    }
  }
  return composedSeed(
    view,
    name,
    [
      "Noise-cancelling balun of a common gate and a common source",
      cascode ? "cascodes" : "",
      `${load} loads`,
      foot === "coil" ? "source coil" : "current source below",
      separate ? "common source coupled at the port" : "",
    ],
    [BALUN_CITATION, BOOK],
  );
}
