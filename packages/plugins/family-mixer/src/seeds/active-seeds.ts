import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawInput, inputCitations, inputs, inputTitles, type Input } from "./input-stage.js";
import { drawLoads, loadCitations, loads, loadTitles, type Load } from "./load.js";

const GILBERT =
  "Gilbert, A precise four-quadrant multiplier with subnanosecond response, IEEE J. Solid-State Circuits 3(4), 1968";
const BOOK = "Razavi, RF Microelectronics, ch. 6 (active downconversion mixers)";
const helpers = ["none", "bled-source", "bled-resistor", "resonated", "folded"] as const;
/** What is done to the switches' current or to the node below them. */
type Helper = (typeof helpers)[number];
const helperTitles: Readonly<Record<Helper, string>> = {
  none: "",
  "bled-source": "current bled past the switches by current sources",
  "bled-resistor": "current bled past the switches by resistors",
  resonated: "coils that resonate with the capacitance below the switches",
  folded: "folded p-channel switches",
};

interface Recipe {
  readonly double: boolean;
  readonly bipolar: boolean;
  readonly input: Input;
  readonly helper: Helper;
  readonly load: Load;
}

/** Current-commutating mixers: a transconductor, switches on top of it or folded beside it, and loads. */
export function* activeSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const double of [true, false]) {
    for (const bipolar of [false, true]) {
      for (const input of inputs) {
        for (const helper of helpers) {
          for (const load of loads) {
            // Folded switches are p-channel ones whose loads stand on ground.
            if (helper === "folded" && (bipolar || load === "current-source" || load === "diode")) continue;
            if (!double && ["tail", "mirrored-tail", "degenerated-resistor-tail"].includes(input)) continue;
            if (bipolar && load === "current-source") continue;
            const usual = [
              [double, true],
              [bipolar, false],
              [input, double ? "tail" : "grounded"],
              [helper, "none"],
              [load, "resistor"],
            ] as const;
            if (departures(usual) > 2) continue;
            number += 1;
            yield draw({ double, bipolar, input, helper, load }, `mixer-active-${number}`);
          }
        }
      }
    }
  }
}

function draw({ double, bipolar, input, helper, load }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const signals = double ? [view.port("VRF"), view.port("VRF")] : [view.port("VRF")];
  const oscillators = [view.port("VLO"), view.port("VLO")] as const;
  const outs = [view.port("VIF"), view.port("VIF")] as const;
  const commons = drawInput(view, input, bipolar, signals);
  const switches = helper === "folded" ? view.mirror : view;
  for (const [index, common] of commons.entries()) {
    const [plus, minus] = index === 0 ? oscillators : [oscillators[1], oscillators[0]];
    for (const [gate, out] of [
      [plus, outs[0]],
      [minus, outs[1]],
    ] as const) {
      if (bipolar) switches.npn(out, gate, common);
      else switches.n(out, gate, common);
    }
    if (helper === "bled-source") view.p(common, bleedGate(view, index), view.high);
    if (helper === "bled-resistor") view.resistor(view.high, common);
    if (helper === "folded") view.inductor(view.high, common);
  }
  if (helper === "resonated") {
    if (commons.length === 2) view.inductor(commons[0] ?? "", commons[1] ?? "");
    else {
      const end = view.net();
      view.inductor(commons[0] ?? "", end);
      view.capacitor(end, view.low);
    }
  }
  drawLoads(switches, load, outs);
  return composedSeed(
    view,
    name,
    [
      `${double ? "Double" : "Single"}-balanced ${bipolar ? "bipolar" : "MOS"} active mixer`,
      inputTitles[input],
      helperTitles[helper],
      loadTitles[load],
    ],
    [
      BOOK,
      double ? GILBERT : undefined,
      helper === "bled-source" || helper === "bled-resistor"
        ? "Lee, Choi, Current-reuse bleeding mixer, Electronics Letters 36(8), 2000"
        : undefined,
      inputCitations[input],
      loadCitations[load],
    ],
  );
}

/** Both halves are bled by one bias voltage. */
function bleedGate(view: Schematic, index: number): string {
  return index === 0 ? view.port("VB") : lastBias(view);
}

function lastBias(view: Schematic): string {
  const ports = view.toCircuit("bias").ports.filter((port) => port.startsWith("VB"));
  return ports.at(-1) ?? view.port("VB");
}
