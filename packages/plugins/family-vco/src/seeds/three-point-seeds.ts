import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { buffers, bufferTitles, drawBuffer, type Buffer } from "./output-buffer.js";
import { drawTankTuning, tankTuningTitles, VARACTOR_CITATION, type TankTuning } from "./tuning.js";

const BOOK = "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 17 (Colpitts, Clapp and Hartley oscillators)";
const forms = ["colpitts", "common-drain", "clapp", "hartley", "pierce", "differential", "gm-boosted"] as const;
type Form = (typeof forms)[number];
const formTitles: Readonly<Record<Form, string>> = {
  colpitts: "Colpitts oscillator with grounded gate",
  "common-drain": "Colpitts oscillator with grounded drain",
  clapp: "Clapp oscillator",
  hartley: "Hartley oscillator",
  pierce: "Pierce oscillator",
  differential: "Differential Colpitts oscillator",
  "gm-boosted": "Differential Colpitts oscillator with cross-driven gates",
};
type Foot = "source" | "resistor" | "mirror";
const footTitles: Readonly<Record<Foot, string>> = {
  source: "current source below",
  resistor: "resistor below",
  mirror: "bias current mirrored below",
};

interface Recipe {
  readonly form: Form;
  readonly foot: Foot;
  readonly bipolar: boolean;
  readonly tuning: TankTuning;
  readonly buffer: Buffer;
}

/** Oscillators with one transistor, or one a side, between three reactances. */
export function* threePointSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    form: forms,
    foot: ["source", "resistor", "mirror"],
    bipolar: [false, true],
    tuning: ["nmos-varactor", "pmos-varactor", "fixed", "diode-varactor", "varactor-and-capacitor", "coupled-varactor"],
    buffer: buffers,
  })) {
    const { form, foot, bipolar, tuning, buffer } = recipe;
    if (form === "pierce" && foot !== "source") continue;
    const count = departures(
      [
        [foot, "source"],
        [bipolar, false],
        [tuning, "nmos-varactor"],
      ],
      [
        [tuning === "varactor-and-capacitor" || tuning === "coupled-varactor", false],
        [buffer, "none"],
      ],
    );
    // There are many forms, so each may depart by one choice less.
    if (count > Math.max(limit - 1, 0)) continue;
    number += 1;
    yield draw(recipe, `vco-three-point-${number}`);
  }
}

function draw(recipe: Recipe, name: string): SeedTopology {
  const { form, foot, bipolar, tuning, buffer } = recipe;
  const view = new Schematic();
  if (form === "pierce") drawPierce(view, recipe);
  else if (form === "differential" || form === "gm-boosted") drawDifferential(view, recipe);
  else drawSingle(view, recipe);
  return composedSeed(
    view,
    name,
    [
      formTitles[form],
      bipolar ? "bipolar" : "MOS",
      form === "pierce" ? "p-channel current source" : footTitles[foot],
      tankTuningTitles[tuning],
      bufferTitles[buffer],
    ],
    [
      BOOK,
      form === "gm-boosted"
        ? "Li, Shekhar, Allstot, Gm-boosted common-gate LNA and differential Colpitts VCO/QVCO in 0.18-um CMOS, IEEE J. Solid-State Circuits 40(12), 2005"
        : undefined,
      tuning === "fixed" ? undefined : VARACTOR_CITATION,
    ],
  );
}

function active(view: Schematic, bipolar: boolean, output: string, control: string, common: string): void {
  if (bipolar) view.npn(output, control, common);
  else view.n(output, control, common);
}

function drawFoot(view: Schematic, foot: Foot, net: string): void {
  if (foot === "resistor") view.resistor(net, view.low);
  else if (foot === "source") view.n(net, view.port("VB"), view.low);
  else {
    const diode = view.port("IB");
    view.n(diode, diode, view.low);
    view.n(net, diode, view.low);
  }
}

/** The net that is to oscillate; what leads from it to an output is drawn. */
function drawOutput(view: Schematic, buffer: Buffer): string {
  const port = view.port("VOUT");
  if (buffer === "none") return port;
  const node = view.net();
  drawBuffer(view, buffer, node, port);
  return node;
}

function drawSingle(view: Schematic, { form, foot, bipolar, tuning, buffer }: Recipe): void {
  const out = drawOutput(view, buffer);
  if (form === "colpitts") {
    const source = view.net();
    active(view, bipolar, out, view.port("VB"), source);
    view.inductor(view.high, out);
    view.capacitor(out, source);
    view.capacitor(source, view.low);
    drawFoot(view, foot, source);
    drawTankTuning(view, tuning, [out]);
    return;
  }
  if (form === "hartley") {
    // The coil is tapped by the source through a capacitor: drain end, tap and supply end.
    const [tap, source] = [view.net(), view.net()];
    active(view, bipolar, out, view.port("VB"), source);
    view.inductor(out, tap);
    view.inductor(tap, view.high);
    view.capacitor(tap, source);
    drawFoot(view, foot, source);
    drawTankTuning(view, tuning, [out]);
    return;
  }
  // Grounded drain: the coil is at the gate, the output at the source.
  const gate = view.net();
  active(view, bipolar, view.high, gate, out);
  view.capacitor(gate, out);
  view.capacitor(out, view.low);
  drawFoot(view, foot, out);
  if (form === "clapp") {
    const end = view.net();
    view.capacitor(gate, end);
    view.inductor(end, view.high);
    view.resistor(gate, view.port("VB"));
    drawTankTuning(view, tuning, [end]);
  } else {
    view.inductor(gate, view.high);
    drawTankTuning(view, tuning, [gate]);
  }
}

function drawPierce(view: Schematic, { bipolar, tuning, buffer }: Recipe): void {
  const out = drawOutput(view, buffer);
  const gate = view.net();
  active(view, bipolar, out, gate, view.low);
  view.p(out, view.port("VB"), view.high);
  view.inductor(gate, out);
  view.capacitor(gate, view.low);
  view.capacitor(out, view.low);
  drawTankTuning(view, tuning, [out]);
}

function drawDifferential(view: Schematic, { form, foot, bipolar, tuning, buffer }: Recipe): void {
  const outs = [drawOutput(view, buffer), drawOutput(view, buffer)] as const;
  const gateBias = view.port("VB");
  // The halves share the middle of their capacitors, so that they run in opposition.
  const middle = view.net();
  view.resistor(middle, view.low);
  for (const side of [0, 1] as const) {
    const source = view.net();
    const out = outs[side];
    let gate = gateBias;
    if (form === "gm-boosted") {
      gate = view.net();
      view.capacitor(outs[side === 0 ? 1 : 0], gate);
      view.resistor(gate, gateBias);
    }
    active(view, bipolar, out, gate, source);
    view.inductor(view.high, out);
    view.capacitor(out, source);
    view.capacitor(source, middle);
    drawFoot(view, foot, source);
  }
  drawTankTuning(view, tuning, outs);
}
