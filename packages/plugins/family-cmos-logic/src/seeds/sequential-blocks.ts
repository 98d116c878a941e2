import type { Schematic } from "@topogenie/building-blocks";
import type { LogicBlock } from "./combinational-blocks.js";
import { all, any } from "./expression.js";
import { clockedInverter, drawGate, inverter, nand, nor, transmissionGate } from "./networks.js";

const WESTE = "Weste, Harris, CMOS VLSI Design";
const RABAEY = "Rabaey, Chandrakasan, Nikolic, Digital Integrated Circuits";
const LATCHES = `${WESTE}, ch. 10 (conventional CMOS latches)`;
const FLIP_FLOPS = `${WESTE}, ch. 10 (conventional CMOS flip-flops)`;
const TSPC = "Yuan, Svensson, High-speed CMOS circuit technique, IEEE J. Solid-State Circuits 24 (1989)";
const CLOCK = "VCLK1";

type Feedback = "clocked" | "weak" | "gated" | "none";
const feedbackTitles: Readonly<Record<Feedback, string>> = {
  clocked: "clocked feedback",
  weak: "weak feedback",
  gated: "feedback through a transmission gate",
  none: "no feedback",
};

/** Transparent while `open` is high. The output is the input inverted. */
function gateLatch(
  view: Schematic,
  input: string,
  output: string,
  [open, closed]: readonly [string, string],
  feedback: Feedback,
): void {
  const net = view.net();
  transmissionGate(view, input, net, open, closed);
  inverter(view, net, output);
  if (feedback === "clocked") clockedInverter(view, output, net, closed, open);
  else if (feedback === "weak") inverter(view, output, net);
  else if (feedback === "gated") transmissionGate(view, inverter(view, output), net, closed, open);
}

const feedbacks: readonly Feedback[] = ["clocked", "weak", "gated", "none"];

function setReset(view: Schematic, set: string, reset: string, q: string, nq: string, kind: "nand" | "nor"): void {
  const gate = kind === "nand" ? nand : nor;
  gate(view, [set, nq], q);
  gate(view, [reset, q], nq);
}

export const sequentialBlocks: readonly LogicBlock[] = [
  ...(["nor", "nand"] as const).map((kind): LogicBlock => ({
    title: `set-reset latch of ${kind.toUpperCase()} gates`,
    citation: `${RABAEY}, ch. 7 (static latches and registers)`,
    draw: (view, input, output) => setReset(view, input(1), input(2), output(1), output(2), kind),
  })),
  {
    title: "clocked set-reset latch of NAND gates",
    citation: `${RABAEY}, ch. 7 (static latches and registers)`,
    draw: (view, input, output) =>
      setReset(view, nand(view, [input(1), CLOCK]), nand(view, [input(2), CLOCK]), output(1), output(2), "nand"),
  },
  {
    title: "transparent latch of NAND gates",
    citation: `${RABAEY}, ch. 7 (static latches and registers)`,
    draw: (view, input, output) => {
      const set = nand(view, [input(1), CLOCK]);
      setReset(view, set, nand(view, [set, CLOCK]), output(1), output(2), "nand");
    },
  },
  {
    title: "transparent latch of compound gates",
    citation: LATCHES,
    draw: (view, input, output) => {
      const complement = inverter(view, input(1));
      drawGate(view, any(all(0, 1), 2), [complement, CLOCK, output(2)], output(1));
      drawGate(view, any(all(0, 1), 2), [input(1), CLOCK, output(1)], output(2));
    },
  },
  ...feedbacks.flatMap((feedback): LogicBlock[] =>
    [true, false].map((positive) => ({
      title: `${positive ? "positive" : "negative"} transmission-gate latch with ${feedbackTitles[feedback]}`,
      citation: LATCHES,
      draw: (view, input, output) => {
        const inverted = inverter(view, CLOCK);
        gateLatch(view, inverter(view, input(1)), output(1), positive ? [CLOCK, inverted] : [inverted, CLOCK], feedback);
      },
    })),
  ),
  ...feedbacks.flatMap((feedback): LogicBlock[] =>
    [true, false].map((buffered) => ({
      title: `transmission-gate flip-flop with ${feedbackTitles[feedback]}${buffered ? " and an input inverter" : ""}`,
      citation: FLIP_FLOPS,
      draw: (view, input, output) => {
        const inverted = inverter(view, CLOCK);
        const middle = view.net();
        gateLatch(view, buffered ? inverter(view, input(1)) : input(1), middle, [inverted, CLOCK], feedback);
        gateLatch(view, middle, output(1), [CLOCK, inverted], feedback);
      },
    })),
  ),
  {
    title: "C2MOS flip-flop",
    citation: `${RABAEY}, ch. 7 (C2MOS register)`,
    draw: (view, input, output) => {
      const inverted = inverter(view, CLOCK);
      const [first, second] = [view.net(), view.net()];
      clockedInverter(view, input(1), first, inverted, CLOCK);
      clockedInverter(view, first, second, CLOCK, inverted);
      inverter(view, inverter(view, second), output(1));
    },
  },
  {
    title: "C2MOS flip-flop with keepers",
    citation: `${RABAEY}, ch. 7 (C2MOS register)`,
    draw: (view, input, output) => {
      const inverted = inverter(view, CLOCK);
      const [first, second] = [view.net(), view.net()];
      clockedInverter(view, input(1), first, inverted, CLOCK);
      clockedInverter(view, inverter(view, first), first, CLOCK, inverted);
      clockedInverter(view, first, second, CLOCK, inverted);
      inverter(view, second, output(1));
      clockedInverter(view, output(1), second, inverted, CLOCK);
    },
  },
  {
    title: "true-single-phase-clock flip-flop",
    citation: TSPC,
    draw: (view, input, output) => {
      const [x, y, q] = [view.net(), view.net(), view.net()];
      const [top, middle, bottom] = [view.net(), view.net(), view.net()];
      view.p(top, input(1), view.high);
      view.p(x, CLOCK, top);
      view.n(x, input(1), view.low);
      view.p(y, CLOCK, view.high);
      view.n(y, x, middle);
      view.n(middle, CLOCK, view.low);
      view.p(q, y, view.high);
      view.n(q, CLOCK, bottom);
      view.n(bottom, y, view.low);
      inverter(view, q, output(1));
    },
  },
  {
    title: "true-single-phase-clock latch",
    citation: TSPC,
    draw: (view, input, output) => {
      const net = view.net();
      let from = input(1);
      for (const to of [net, output(1)]) {
        const lower = view.net();
        view.p(to, from, view.high);
        view.n(to, CLOCK, lower);
        view.n(lower, from, view.low);
        from = to;
      }
    },
  },
  {
    title: "sense-amplifier flip-flop",
    citation:
      "Nikolic, Oklobdzija, Stojanovic, Jia, Chiu, Leung, Improved sense-amplifier-based flip-flop: design and measurements, IEEE J. Solid-State Circuits 35 (2000)",
    draw: (view, input, output) => {
      const [set, reset, left, right, tail] = [view.net(), view.net(), view.net(), view.net(), view.net()];
      const complement = inverter(view, input(1));
      for (const [mine, other, inner, data] of [
        [set, reset, left, input(1)],
        [reset, set, right, complement],
      ] as const) {
        view.p(mine, CLOCK, view.high);
        view.p(mine, other, view.high);
        view.n(mine, other, inner);
        view.n(inner, data, tail);
      }
      view.n(left, view.high, right);
      view.n(tail, CLOCK, view.low);
      setReset(view, set, reset, output(1), output(2), "nand");
    },
  },
  {
    title: "flip-flop with an enable",
    citation: `${WESTE}, ch. 10 (enabled latches and flip-flops)`,
    draw: (view, input, output) => {
      const inverted = inverter(view, CLOCK);
      const [chosen, middle] = [view.net(), view.net()];
      const disabled = inverter(view, input(2));
      transmissionGate(view, input(1), chosen, input(2), disabled);
      transmissionGate(view, output(1), chosen, disabled, input(2));
      gateLatch(view, inverter(view, inverter(view, chosen)), middle, [inverted, CLOCK], "clocked");
      gateLatch(view, middle, output(1), [CLOCK, inverted], "clocked");
    },
  },
  ...([2, 3] as const).map((count): LogicBlock => ({
    title: `Muller C element of ${count} inputs`,
    citation: `${WESTE}, ch. 10 (sequencing; C-elements)`,
    draw: (view, input, output) => {
      const net = view.net();
      const inputs = Array.from({ length: count }, (_, index) => input(index + 1));
      for (const side of [view, view.mirror]) {
        let above = net;
        inputs.forEach((gate, index) => {
          const below = index === count - 1 ? side.low : side.net();
          side.n(above, gate, below);
          above = below;
        });
      }
      inverter(view, net, output(1));
      inverter(view, output(1), net);
    },
  })),
];
