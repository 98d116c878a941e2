import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { buffers, bufferTitles, drawBuffer, type Buffer } from "./output-buffer.js";
import { startingAt } from "./starting-at.js";

const BOOK = "Razavi, Design of Analog CMOS Integrated Circuits, ch. 15 (differential ring oscillators)";
const loads = ["triode", "symmetric", "resistor", "cross-coupled", "diode", "lee-kim"] as const;
type Load = (typeof loads)[number];
const loadTitles: Readonly<Record<Load, string>> = {
  triode: "p-channel loads in triode, controlled",
  symmetric: "symmetric loads",
  resistor: "resistor loads",
  "cross-coupled": "controlled loads with a cross-coupled pair",
  diode: "diode loads",
  "lee-kim": "pseudo-differential stages with a controlled latch",
};
const loadCitations: Readonly<Partial<Record<Load, string>>> = {
  symmetric:
    "Maneatis, Low-jitter process-independent DLL and PLL based on self-biased techniques, IEEE J. Solid-State Circuits 31(11), 1996",
  "lee-kim":
    "Lee, Kim, A low-noise fast-lock phase-locked loop with adaptive bandwidth control, IEEE J. Solid-State Circuits 35(8), 2000 (pseudo-differential delay cell)",
};
/**
 * Where p-input rings begin. At equal widths a p-channel input has a quarter of the transconductance of its n-channel load, no
 * stage amplifies, and nothing that a search measures tells one such sizing from another.
 */
const P_INPUT_WIDTHS: Readonly<Record<string, number>> = { pmos4: 80e-6, nmos4: 4e-6 };
type Tail = "port" | "mirror" | "control";
const tailTitles: Readonly<Record<Tail, string>> = {
  port: "tails at a bias voltage",
  mirror: "tails mirrored from a bias current",
  control: "tails at the control voltage",
};

/** Rings of differential stages, closed with the wires crossed; their number may be even. */
export function* differentialRingSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    stages: [3, 4, 5],
    load: loads,
    tail: ["port", "mirror", "control"],
    mirrored: [false, true],
    buffer: buffers,
    loaded: [false, true],
  })) {
    const { load, tail, buffer, loaded } = recipe;
    // Something must follow the control, and one thing does.
    if (load === "lee-kim" && tail !== "port") continue;
    if ((load === "resistor" || load === "diode") && tail !== "control") continue;
    if (load !== "resistor" && load !== "diode" && load !== "symmetric" && tail === "control") continue;
    const count = departures(
      [],
      [
        [buffer, "none"],
        [loaded, false],
      ],
    );
    if (count > limit) continue;
    number += 1;
    yield draw(recipe, `vco-differential-ring-${number}`);
  }
}

interface Recipe {
  readonly stages: number;
  readonly load: Load;
  readonly tail: Tail;
  readonly mirrored: boolean;
  readonly buffer: Buffer;
  /** Capacitors from every stage's outputs to ground. */
  readonly loaded: boolean;
}

function draw({ stages, load, tail, mirrored, buffer, loaded }: Recipe, name: string): SeedTopology {
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const ports = [physical.port("VOUT"), physical.port("VOUT")] as const;
  const nodes = Array.from({ length: stages }, (_, index) =>
    index === 0 && buffer === "none" ? ports : ([view.net(), view.net()] as const),
  );
  const control = physical.port("VCONT");
  const tailGate = load === "lee-kim" ? "" : drawTailGate(view, tail, control);
  for (const [index, [inPlus, inMinus]] of nodes.entries()) {
    const [outPlus, outMinus] = nodes[(index + 1) % stages] ?? ["", ""];
    // Stages pass plus on to plus, so one crossing makes the ring invert, whatever the number of stages.
    const crossed = index === stages - 1;
    const [plus, minus] = crossed ? [outMinus, outPlus] : [outPlus, outMinus];
    if (load === "lee-kim") {
      drawLeeKim(view, [inPlus, inMinus], [minus, plus], control);
      continue;
    }
    const common = view.net();
    view.n(minus, inPlus, common);
    view.n(plus, inMinus, common);
    view.n(common, tailGate, view.low);
    drawLoads(view, load, tail, [minus, plus], control);
  }
  if (loaded) for (const node of nodes.flat()) physical.capacitor(node, physical.low);
  for (const side of [0, 1] as const) drawBuffer(view, buffer, nodes[0]?.[side] ?? "", ports[side]);
  const drawn = composedSeed(
    physical,
    name,
    [
      `Ring of ${stages} ${mirrored ? "p" : "n"}-input differential stages`,
      loadTitles[load],
      load === "lee-kim" ? "" : tailTitles[tail],
      loaded ? "capacitors at the stages" : "",
      bufferTitles[buffer],
    ],
    [BOOK, loadCitations[load]],
  );
  if (!mirrored) return drawn;
  return startingAt(drawn, ({ type }) => {
    const w = P_INPUT_WIDTHS[type];
    return w === undefined ? undefined : { w };
  });
}

function drawTailGate(view: Schematic, tail: Tail, control: string): string {
  if (tail === "control") return control;
  if (tail === "port") return view.port("VB");
  const diode = view.port("IB");
  view.n(diode, diode, view.low);
  return diode;
}

function drawLoads(view: Schematic, load: Load, tail: Tail, outs: readonly [string, string], control: string): void {
  for (const side of [0, 1] as const) {
    const [own, other] = [outs[side], outs[side === 0 ? 1 : 0]];
    if (load === "resistor") view.resistor(view.high, own);
    else if (load === "triode" || load === "cross-coupled") view.p(own, control, view.high);
    if (load === "cross-coupled") view.p(own, other, view.high);
    if (load === "diode" || load === "symmetric") view.p(own, own, view.high);
    // With the tails controlled the loads' bias stands on its own.
    if (load === "symmetric") view.p(own, tail === "control" ? own : control, view.high);
  }
}

function drawLeeKim(view: Schematic, inputs: readonly [string, string], outs: readonly [string, string], control: string): void {
  for (const side of [0, 1] as const) {
    const [own, other] = [outs[side], outs[side === 0 ? 1 : 0]];
    view.n(own, inputs[side], view.low);
    view.p(own, control, view.high);
    view.p(own, other, view.high);
  }
}
