import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import { Circuit, GROUND_PORT, type SeedTopology } from "@topogenie/core";
import { COUPLED_GATES_TITLE, coupledGates } from "./coupled-gates.js";

const BOOK = "Razavi, RF Microelectronics, ch. 6 (passive downconversion mixers)";
const switchKinds = ["n", "p", "complementary"] as const;
type Switch = (typeof switchKinds)[number];
const switchTitles: Readonly<Record<Switch, string>> = {
  n: "n-channel switches",
  p: "p-channel switches",
  complementary: "complementary switches",
};
const loads = ["resistor", "filtered", "capacitor", "biased", "followers", "amplified"] as const;
type Load = (typeof loads)[number];
const loadTitles: Readonly<Record<Load, string>> = {
  resistor: "resistors to ground",
  filtered: "resistors and capacitors to ground",
  capacitor: "sampling capacitors",
  biased: "resistors to a bias voltage",
  followers: "source followers behind the switches",
  amplified: "common-source amplifiers behind the switches",
};
const drives = ["direct", "coupled", "amplified"] as const;
type Drive = (typeof drives)[number];
const driveTitles: Readonly<Record<Drive, string>> = {
  direct: "signal at the switches",
  coupled: "signal through capacitors",
  amplified: "signal through a common-source stage",
};

interface Recipe {
  readonly double: boolean;
  readonly kind: Switch;
  readonly load: Load;
  readonly drive: Drive;
  /** Gates coupled by capacitors and biased through resistors. */
  readonly biasedGates: boolean;
  /** A coil in series with every signal. */
  readonly coils: boolean;
}

/** Mixers whose switches carry no direct current. */
export function* passiveSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    double: [true, false],
    kind: switchKinds,
    load: loads,
    drive: drives,
    biasedGates: [false, true],
    coils: [false, true],
  })) {
    const { double, kind, load, drive, biasedGates, coils } = recipe;
    if (kind === "complementary" && biasedGates) continue;
    // Something must set the direct voltage on the switches.
    if (load === "capacitor" && drive === "coupled") continue;
    const count = departures(
      [
        [double, true],
        [kind, "n"],
        [load, "resistor"],
        [drive, "direct"],
        [biasedGates, false],
      ],
      [[coils, false]],
    );
    if (count > limit) continue;
    number += 1;
    const drawn = withoutIdlePorts(draw(recipe, `mixer-passive-${number}`));
    // Without ground its voltages would refer to nothing.
    if (drawn.circuit.isPort(GROUND_PORT)) yield drawn;
  }
}

function draw({ double, kind, load, drive, biasedGates, coils }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const signals = double ? [view.port("VRF"), view.port("VRF")] : [view.port("VRF")];
  const oscillators = [view.port("VLO"), view.port("VLO")] as const;
  const outs = [view.port("VIF"), view.port("VIF")] as const;
  const gates = biasedGates ? coupledGates(view, oscillators) : oscillators;
  const inner = load === "followers" || load === "amplified" ? ([view.net(), view.net()] as const) : outs;
  const lines = signals.map((signal) => drawDrive(view, drive, coils ? drawCoil(view, signal) : signal));
  for (const [index, line] of lines.entries()) {
    const [plus, minus] = index === 0 ? gates : [gates[1], gates[0]];
    for (const [gate, other, out] of [
      [plus, minus, inner[0]],
      [minus, plus, inner[1]],
    ] as const) {
      if (kind !== "p") view.n(out, gate, line);
      if (kind === "p") view.p(out, gate, line);
      if (kind === "complementary") view.p(out, other, line);
    }
  }
  drawLoad(view, load, inner, outs);
  return composedSeed(
    view,
    name,
    [
      `${double ? "Double" : "Single"}-balanced passive mixer`,
      switchTitles[kind],
      biasedGates ? COUPLED_GATES_TITLE : "",
      coils ? "coils in series with the signal" : "",
      driveTitles[drive],
      loadTitles[load],
    ],
    [BOOK, "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 13 (passive double-balanced mixer)"],
  );
}

function drawCoil(view: Schematic, signal: string): string {
  const net = view.net();
  view.inductor(signal, net);
  return net;
}

function drawDrive(view: Schematic, drive: Drive, signal: string): string {
  if (drive === "direct") return signal;
  const line = view.net();
  if (drive === "coupled") {
    view.capacitor(signal, line);
    return line;
  }
  // The stage's direct voltage is kept off the switches.
  const drain = view.net();
  view.n(drain, signal, view.low);
  view.resistor(view.high, drain);
  view.capacitor(drain, line);
  return line;
}

function drawLoad(view: Schematic, load: Load, inner: readonly [string, string], outs: readonly [string, string]): void {
  const bias = load === "biased" ? view.port("VB") : view.low;
  for (const side of [0, 1] as const) {
    if (load === "capacitor" || load === "filtered") view.capacitor(inner[side], view.low);
    if (load === "resistor" || load === "filtered" || load === "biased") view.resistor(inner[side], bias);
  }
  if (load !== "followers" && load !== "amplified") return;
  const gate = view.port("VB");
  for (const side of [0, 1] as const) {
    view.resistor(inner[side], gate);
    if (load === "followers") {
      view.n(view.high, inner[side], outs[side]);
      view.resistor(outs[side], view.low);
    } else {
      view.n(outs[side], inner[side], view.low);
      view.resistor(view.high, outs[side]);
    }
  }
}

/** Passive mixers need no supply. */
function withoutIdlePorts({ circuit, ...rest }: SeedTopology): SeedTopology {
  const { name, devices, nets } = circuit;
  const ports = circuit.ports.filter((port) => (nets.get(port)?.length ?? 0) > 0);
  return { circuit: new Circuit({ name, devices, ports }), ...rest };
}
