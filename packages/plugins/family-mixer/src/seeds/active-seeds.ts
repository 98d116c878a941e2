import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { COUPLED_GATES_TITLE, coupledGates } from "./coupled-gates.js";
import { drawInput, inputCitations, inputs, inputTitles, type Input } from "./input-stage.js";
import { drawLoads, loadCitations, loads, loadTitles, type Load } from "./load.js";
import { bufferCitations, buffers, bufferTitles, drawBuffers, type Buffer } from "./output-buffer.js";

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
  /** Gates of the switches coupled by capacitors and biased through resistors. */
  readonly coupled: boolean;
  readonly buffer: Buffer;
}

/** Current-commutating mixers: a transconductor, switches on top of it or folded beside it, and loads. */
export function* activeSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    double: [true, false],
    bipolar: [false, true],
    input: inputs,
    helper: helpers,
    load: loads,
    coupled: [false, true],
    buffer: buffers,
  })) {
    const { double, bipolar, input, helper, load, coupled, buffer } = recipe;
    // Folded switches are p-channel ones whose loads stand on ground.
    if (helper === "folded" && (bipolar || load === "current-source" || load === "diode")) continue;
    if (!double && ["tail", "mirrored-tail", "degenerated-resistor-tail"].includes(input)) continue;
    if (bipolar && load === "current-source") continue;
    const count = departures(
      [
        [double, true],
        [bipolar, false],
        [input, double ? "tail" : "grounded"],
        [helper, "none"],
        [load, "resistor"],
      ],
      [
        [coupled, false],
        [buffer, "none"],
      ],
    );
    if (count > limit) continue;
    number += 1;
    yield draw(recipe, `mixer-active-${number}`);
  }
}

function draw({ double, bipolar, input, helper, load, coupled, buffer }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const signals = double ? [view.port("VRF"), view.port("VRF")] : [view.port("VRF")];
  const ports = [view.port("VLO"), view.port("VLO")] as const;
  const ends = [view.port("VIF"), view.port("VIF")] as const;
  const switches = helper === "folded" ? view.mirror : view;
  const [plusOut = "", minusOut = ""] = drawBuffers(switches, buffer, ends);
  const outs = [plusOut, minusOut] as const;
  const commons = drawInput(view, input, bipolar, signals);
  const oscillators = coupled ? coupledGates(view, ports) : ports;
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
      coupled ? COUPLED_GATES_TITLE : "",
      helperTitles[helper],
      loadTitles[load],
      bufferTitles[buffer],
    ],
    [
      BOOK,
      double ? GILBERT : undefined,
      helper === "bled-source" || helper === "bled-resistor"
        ? "Lee, Choi, Current-reuse bleeding mixer, Electronics Letters 36(8), 2000"
        : undefined,
      inputCitations[input],
      loadCitations[load],
      bufferCitations[buffer],
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
