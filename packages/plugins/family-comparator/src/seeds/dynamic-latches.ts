import type { Schematic } from "@topogenie/building-blocks";

export interface LatchRequest {
  readonly view: Schematic;
  readonly inputs: readonly [string, string];
  /** The first falls when the first input is the higher. Both rest at the view's high rail, save where the latch says otherwise. */
  readonly outputs: readonly [string, string];
  readonly clock: string;
  readonly complement: () => string;
}

export interface DynamicLatch {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  /** Whether the outputs rest at the view's low rail between decisions. */
  readonly restsLow: boolean;
  draw(request: LatchRequest): void;
}

const RAZAVI = "Razavi, The StrongARM latch, IEEE Solid-State Circuits Magazine 7 (2015)";
const KOBAYASHI =
  "Kobayashi, Nogami, Shirotori, Fujimoto, A current-controlled latch sense amplifier and a static power-saving input buffer for low-power architecture, IEEE J. Solid-State Circuits 28 (1993)";
const SCHINKEL =
  "Schinkel, Mensink, Klumperink, van Tuijl, Nauta, A double-tail latch-type voltage sense amplifier with 18ps setup+hold time, ISSCC (2007)";
const BABAYI =
  "Babayi-Mashhadi, Lotfi, Analysis and design of a low-voltage low-power double-tail comparator, IEEE Trans. VLSI Systems 22 (2014)";
const MIYAHARA =
  "Miyahara, Asada, Paik, Matsuzawa, A low-noise self-calibrating dynamic comparator for high-speed ADCs, IEEE Asian Solid-State Circuits Conference (2008)";
const LEWIS = "Lewis, Gray, A pipelined 5-Msample/s 9-bit analog-to-digital converter, IEEE J. Solid-State Circuits 22 (1987)";

/** Two cross-coupled inverters between the sources given. */
function drawCrossCoupled(
  view: Schematic,
  outputs: readonly [string, string],
  low: readonly [string, string],
  high: string,
): void {
  const [one, other] = outputs;
  view.n(one, other, low[0]);
  view.n(other, one, low[1]);
  view.p(one, other, high);
  view.p(other, one, high);
}

function strongArm(precharged: "outputs" | "all" | "crossing"): DynamicLatch {
  const titles = {
    outputs: "StrongARM latch with precharged outputs",
    all: "StrongARM latch with all nodes precharged",
    crossing: "StrongARM latch with a bridge between the input devices' drains",
  } as const;
  return {
    name: `strong-arm-${precharged}`,
    title: titles[precharged],
    citation: precharged === "outputs" ? KOBAYASHI : RAZAVI,
    restsLow: false,
    draw({ view, inputs, outputs, clock }) {
      const [tail, left, right] = [view.net(), view.net(), view.net()];
      view.n(tail, clock, view.low);
      view.n(left, inputs[0], tail);
      view.n(right, inputs[1], tail);
      drawCrossCoupled(view, outputs, [left, right], view.high);
      const resting = precharged === "all" ? [...outputs, left, right] : outputs;
      for (const net of resting) view.p(net, clock, view.high);
      // Always on and weak: it keeps the drains from floating when the inputs change during the decision.
      if (precharged === "crossing") view.n(left, view.high, right, view.low, { w: 0.5e-6, l: 2e-6 });
    },
  };
}

/** The first of two stages: a pair that discharges two precharged nets, faster on the side of the higher input. */
function drawDischargingPair(view: Schematic, inputs: readonly [string, string], clock: string): readonly [string, string] {
  const [tail, left, right] = [view.net(), view.net(), view.net()];
  view.n(tail, clock, view.low);
  view.n(left, inputs[0], tail);
  view.n(right, inputs[1], tail);
  view.p(left, clock, view.high);
  view.p(right, clock, view.high);
  return [left, right];
}

function doubleTail(crossCoupledFirst: boolean): DynamicLatch {
  return {
    name: crossCoupledFirst ? "double-tail-regenerative" : "double-tail",
    title: crossCoupledFirst ? "double-tail latch with cross-coupled control devices" : "double-tail latch",
    citation: crossCoupledFirst ? `${SCHINKEL}; ${BABAYI}` : SCHINKEL,
    restsLow: true,
    draw({ view, inputs, outputs, clock, complement }) {
      const [left, right] = drawDischargingPair(view, inputs, clock);
      if (crossCoupledFirst) {
        view.p(left, right, view.high);
        view.p(right, left, view.high);
      }
      const top = view.net();
      view.p(top, complement(), view.high);
      drawCrossCoupled(view, outputs, [view.low, view.low], top);
      // Its discharge releases an output: the side released first rises.
      view.n(outputs[0], right, view.low);
      view.n(outputs[1], left, view.low);
    },
  };
}

const releasedLatch: DynamicLatch = {
  name: "released-latch",
  title: "two-stage latch that the first stage itself releases",
  citation: MIYAHARA,
  restsLow: true,
  draw({ view, inputs, outputs, clock }) {
    const released = drawDischargingPair(view, inputs, clock);
    for (const side of [0, 1] as const) {
      const gate = released[side === 0 ? 1 : 0];
      const other = outputs[side === 0 ? 1 : 0];
      const top = view.net();
      view.p(top, gate, view.high);
      view.p(outputs[side], other, top);
      view.n(outputs[side], other, view.low);
      view.n(outputs[side], gate, view.low);
    }
  },
};

const triodeInputs: DynamicLatch = {
  name: "triode-inputs",
  title: "latch on input devices in triode",
  citation: LEWIS,
  restsLow: false,
  draw({ view, inputs, outputs, clock }) {
    const bottoms = [view.net(), view.net()] as const;
    const tops = [view.net(), view.net()] as const;
    for (const side of [0, 1] as const) {
      view.n(bottoms[side], inputs[side], view.low);
      view.n(tops[side], clock, bottoms[side]);
      view.p(outputs[side], clock, view.high);
    }
    drawCrossCoupled(view, outputs, tops, view.high);
  },
};

export const dynamicLatches: readonly DynamicLatch[] = [
  strongArm("outputs"),
  strongArm("all"),
  strongArm("crossing"),
  doubleTail(false),
  doubleTail(true),
  releasedLatch,
  triodeInputs,
];
