import { composedSeed, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawOutputNetwork, outputNetworkCitations, outputNetworkTitles } from "./output-network.js";

const CLASS_D = "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 15 (class D amplifiers)";
const CLASS_AB = "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 5 (class AB output stages)";
const DOHERTY =
  "Doherty, A new high efficiency power amplifier for modulated waves, Proc. IRE 24(9), 1936; Cripps, RF Power Amplifiers for Wireless Communications (Doherty amplifier)";
const biases = ["direct", "split", "self"] as const;
type Bias = (typeof biases)[number];
const biasTitles: Readonly<Record<Bias, string>> = {
  direct: "both gates at the source",
  split: "gates biased apart",
  self: "self-biased gates",
};

/** Complementary output transistors, chains of inverters, and pairs of amplifiers whose powers are added. */
export function* pushPullSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const bias of biases) {
    for (const output of ["direct", "coupled", "l-section", "series-resonator", "tank"] as const) {
      for (const predrivers of [0, 1, 2] as const) {
        if (bias === "split" && predrivers > 0) continue;
        number += 1;
        const view = new Schematic();
        const source = view.port("VIN");
        const load = view.port("VOUT");
        let gate = source;
        if (bias === "self") {
          gate = view.net();
          view.capacitor(source, gate);
        }
        for (let index = 0; index < predrivers; index++) {
          const next = view.net();
          view.n(next, gate, view.low);
          view.p(next, gate, view.high);
          // The first inverter holds itself at its threshold; the others follow.
          if (bias === "self" && index === 0) view.resistor(gate, next);
          gate = next;
        }
        const drain = output === "direct" ? load : view.net();
        if (bias === "split") drawSplit(view, source, drain);
        else {
          view.n(drain, gate, view.low);
          view.p(drain, gate, view.high);
          if (bias === "self" && predrivers === 0) view.resistor(gate, drain);
        }
        if (output !== "direct") drawOutputNetwork(view, output, drain, load);
        yield composedSeed(
          view,
          `pa-push-pull-${number}`,
          [
            "Complementary push-pull power amplifier",
            biasTitles[bias],
            predrivers === 0 ? "" : `${predrivers} inverters before it`,
            outputNetworkTitles[output],
          ],
          [predrivers > 0 ? CLASS_D : CLASS_AB, outputNetworkCitations[output]],
        );
      }
    }
  }
  for (const paths of [2, 3, 4]) {
    for (const combining of ["coils", "quarter-wave"] as const) {
      if (combining === "quarter-wave" && paths > 2) continue;
      for (const cascode of [false, true]) {
        number += 1;
        yield drawCombined(paths, combining, cascode, `pa-combined-${number}`);
      }
    }
  }
}

function drawSplit(view: Schematic, source: string, drain: string): void {
  const [low, high] = [view.net(), view.net()];
  view.capacitor(source, low);
  view.capacitor(source, high);
  view.resistor(low, view.port("VB"));
  view.resistor(high, view.port("VB"));
  view.n(drain, low, view.low);
  view.p(drain, high, view.high);
}

function drawCombined(paths: number, combining: "coils" | "quarter-wave", cascode: boolean, name: string): SeedTopology {
  const view = new Schematic();
  const source = view.port("VIN");
  const load = view.port("VOUT");
  for (let path = 0; path < paths; path++) {
    const gate = view.net();
    const drain = view.net();
    view.capacitor(source, gate);
    view.resistor(gate, view.port("VB"));
    if (cascode) {
      const middle = view.net();
      view.n(middle, gate, view.low);
      view.n(drain, view.high, middle);
    } else view.n(drain, gate, view.low);
    view.inductor(view.high, drain);
    const end = view.net();
    if (combining === "quarter-wave" && path === 0) {
      // A line of a quarter of a wavelength, lumped.
      view.capacitor(drain, view.low);
      view.inductor(drain, end);
      view.capacitor(end, view.low);
      view.capacitor(end, load);
    } else {
      view.inductor(drain, end);
      view.capacitor(end, load);
    }
  }
  return composedSeed(
    view,
    name,
    [
      combining === "quarter-wave"
        ? "Main and peaking amplifier with a lumped quarter-wave line"
        : `${paths} amplifiers combined by coils`,
      cascode ? "cascodes" : "common sources",
    ],
    [combining === "quarter-wave" ? DOHERTY : "Razavi, RF Microelectronics, ch. 12 (power amplifiers)"],
  );
}
