import type { Schematic } from "@topogenie/building-blocks";
import { all, any } from "./expression.js";
import { drawGate, drawNetwork, inverter, nand, nor, transmissionGate } from "./networks.js";

export interface LogicBlock {
  readonly title: string;
  readonly citation: string;
  /** Draws the block between input nets and output nets, which are ports. */
  draw(view: Schematic, input: (number: number) => string, output: (number: number) => string): void;
}

const WESTE = "Weste, Harris, CMOS VLSI Design";
const RABAEY = "Rabaey, Chandrakasan, Nikolic, Digital Integrated Circuits";
const PASS = `${WESTE}, ch. 9 (pass-transistor circuits)`;
const ADDERS = `${WESTE}, ch. 11 (single-bit addition)`;
const XOR = `${WESTE}, ch. 11 (XOR and XNOR circuit styles)`;

/** Exclusive or of complementary transistors, with both inputs' complements. */
function staticXor(view: Schematic, a: string, b: string, output: string, inverted = false): void {
  const [na, nb] = [inverter(view, a), inverter(view, b)];
  const nets = inverted ? [a, nb, na, b] : [a, b, na, nb];
  drawGate(view, any(all(0, 1), all(2, 3)), nets, output);
}

function gateXor(view: Schematic, a: string, b: string, output: string, inverted = false): void {
  const [na, net] = [inverter(view, a), view.net()];
  const nb = inverter(view, b);
  // Passes b or its complement, inverted once more by the inverter that restores the level.
  transmissionGate(view, inverted ? b : nb, net, na, a);
  transmissionGate(view, inverted ? nb : b, net, a, na);
  inverter(view, net, output);
}

function nandXor(view: Schematic, a: string, b: string, output: string): void {
  const both = nand(view, [a, b]);
  nand(view, [nand(view, [a, both]), nand(view, [b, both])], output);
}

function norXnor(view: Schematic, a: string, b: string, output: string): void {
  const none = nor(view, [a, b]);
  nor(view, [nor(view, [a, none]), nor(view, [b, none])], output);
}

/** n pass transistors, whose weak high level a p transistor behind the inverter restores. */
function passXor(view: Schematic, a: string, b: string, output: string, inverted = false): void {
  const [na, nb, net] = [inverter(view, a), inverter(view, b), view.net()];
  view.n(inverted ? b : nb, na, net);
  view.n(inverted ? nb : b, a, net);
  inverter(view, net, output);
  view.p(net, output, view.high);
}

function dcvslXor(view: Schematic, a: string, b: string, output: string): void {
  const [na, nb, complement] = [inverter(view, a), inverter(view, b), view.net()];
  drawNetwork(view, any(all(0, 1), all(2, 3)), [a, nb, na, b], complement, view.low);
  drawNetwork(view, any(all(0, 1), all(2, 3)), [a, b, na, nb], output, view.low);
  view.p(complement, output, view.high);
  view.p(output, complement, view.high);
}

type Xor = (view: Schematic, a: string, b: string, output: string) => void;

const xors: readonly { readonly title: string; readonly citation: string; readonly draw: Xor }[] = [
  { title: "complementary", citation: XOR, draw: (view, a, b, output) => staticXor(view, a, b, output) },
  { title: "transmission-gate", citation: XOR, draw: (view, a, b, output) => gateXor(view, a, b, output) },
  { title: "four-NAND", citation: XOR, draw: nandXor },
  { title: "pass-transistor", citation: PASS, draw: (view, a, b, output) => passXor(view, a, b, output) },
  { title: "cascode-voltage-switch", citation: `${RABAEY}, ch. 6 (DCVSL)`, draw: dcvslXor },
];

const xnors: readonly { readonly title: string; readonly citation: string; readonly draw: Xor }[] = [
  { title: "complementary", citation: XOR, draw: (view, a, b, output) => staticXor(view, a, b, output, true) },
  { title: "transmission-gate", citation: XOR, draw: (view, a, b, output) => gateXor(view, a, b, output, true) },
  { title: "four-NOR", citation: XOR, draw: norXnor },
  { title: "pass-transistor", citation: PASS, draw: (view, a, b, output) => passXor(view, a, b, output, true) },
];

function andOf(view: Schematic, a: string, b: string, output: string): void {
  inverter(view, nand(view, [a, b]), output);
}

/** Sum from the carry's complement: 28 transistors. */
function mirrorAdder(view: Schematic, [a, b, c]: readonly [string, string, string], sum: string, carry: string): void {
  const [ncarry, nsum] = [view.net(), view.net()];
  const carryWhen = any(all(0, 1), all(2, any(0, 1)));
  // Both functions are their own duals, so the pull-ups mirror the pull-downs instead of turning series into parallel.
  for (const side of [view, view.mirror]) {
    drawNetwork(side, carryWhen, [a, b, c], ncarry, side.low);
    drawNetwork(side, any(all(3, any(0, 1, 2)), all(0, 1, 2)), [a, b, c, ncarry], nsum, side.low);
  }
  inverter(view, ncarry, carry);
  inverter(view, nsum, sum);
}

function complementaryAdder(view: Schematic, [a, b, c]: readonly [string, string, string], sum: string, carry: string): void {
  const [ncarry, nsum] = [view.net(), view.net()];
  drawGate(view, any(all(0, 1), all(2, any(0, 1))), [a, b, c], ncarry);
  drawGate(view, any(all(3, any(0, 1, 2)), all(0, 1, 2)), [a, b, c, ncarry], nsum);
  inverter(view, ncarry, carry);
  inverter(view, nsum, sum);
}

/** Propagate by an exclusive or, sum by another, carry chosen by propagate. */
function adderOfXors(xor: Xor): (view: Schematic, nets: readonly [string, string, string], sum: string, carry: string) => void {
  return (view, [a, b, c], sum, carry) => {
    const propagate = view.net();
    xor(view, a, b, propagate);
    xor(view, propagate, c, sum);
    nand(view, [nand(view, [a, b]), nand(view, [propagate, c])], carry);
  };
}

/** The carry through transmission gates, restored by two inverters. */
function gateAdder(view: Schematic, [a, b, c]: readonly [string, string, string], sum: string, carry: string): void {
  const [propagate, net] = [view.net(), view.net()];
  gateXor(view, a, b, propagate);
  const kill = inverter(view, propagate);
  gateXor(view, propagate, c, sum);
  transmissionGate(view, c, net, propagate, kill);
  transmissionGate(view, a, net, kill, propagate);
  inverter(view, inverter(view, net), carry);
}

type Adder = typeof mirrorAdder;

const adders: readonly { readonly title: string; readonly citation: string; readonly draw: Adder }[] = [
  { title: "mirror", citation: ADDERS, draw: mirrorAdder },
  { title: "complementary", citation: ADDERS, draw: complementaryAdder },
  { title: "transmission-gate", citation: ADDERS, draw: gateAdder },
  ...xors.map(({ title, citation, draw }) => ({
    title: `${title} exclusive-or`,
    citation: `${ADDERS}; ${citation}`,
    draw: adderOfXors(draw),
  })),
];

/** Passes input 0 while the select is low, input 1 while it is high. */
function gateMux(view: Schematic, a: string, b: string, select: string, output: string): void {
  const [inverted, net] = [inverter(view, select), view.net()];
  transmissionGate(view, a, net, inverted, select);
  transmissionGate(view, b, net, select, inverted);
  inverter(view, inverter(view, net), output);
}

function passMux(view: Schematic, a: string, b: string, select: string, output: string): void {
  const [inverted, net] = [inverter(view, select), view.net()];
  view.n(a, inverted, net);
  view.n(b, select, net);
  const restored = inverter(view, net);
  view.p(net, restored, view.high);
  inverter(view, restored, output);
}

function nandMux(view: Schematic, a: string, b: string, select: string, output: string): void {
  nand(view, [nand(view, [a, inverter(view, select)]), nand(view, [b, select])], output);
}

function complexMux(view: Schematic, a: string, b: string, select: string, output: string): void {
  const net = view.net();
  drawGate(view, any(all(0, 1), all(2, 3)), [a, inverter(view, select), b, select], net);
  inverter(view, net, output);
}

const muxes = [
  { title: "transmission-gate", citation: PASS, draw: gateMux },
  { title: "pass-transistor", citation: PASS, draw: passMux },
  { title: "NAND", citation: `${WESTE}, ch. 1 (multiplexers)`, draw: nandMux },
  { title: "compound-gate", citation: `${WESTE}, ch. 1 (multiplexers)`, draw: complexMux },
] as const;

export const combinationalBlocks: readonly LogicBlock[] = [
  ...[3, 4, 5].map((stages): LogicBlock => ({
    title: `chain of ${stages} inverters`,
    citation: `${WESTE}, ch. 4 (delay)`,
    draw: (view, input, output) => {
      let net = input(1);
      for (let stage = 1; stage <= stages; stage++) net = inverter(view, net, stage === stages ? output(1) : view.net());
    },
  })),
  {
    title: "Schmitt trigger",
    citation: `${RABAEY}, ch. 7 (CMOS Schmitt trigger)`,
    draw: (view, input, output) => {
      for (const side of [view, view.mirror]) {
        const middle = side.net();
        side.n(output(1), input(1), middle);
        side.n(middle, input(1), side.low);
        side.n(side.high, output(1), middle);
      }
    },
  },
  {
    title: "Schmitt trigger of two inverters with feedback",
    citation: `${RABAEY}, ch. 7 (CMOS Schmitt trigger)`,
    draw: (view, input, output) => {
      const net = inverter(view, input(1));
      inverter(view, net, output(1));
      inverter(view, output(1), net);
    },
  },
  ...xors.map(({ title, citation, draw }): LogicBlock => ({
    title: `${title} exclusive or`,
    citation,
    draw: (view, input, output) => draw(view, input(1), input(2), output(1)),
  })),
  ...xnors.map(({ title, citation, draw }): LogicBlock => ({
    title: `${title} exclusive nor`,
    citation,
    draw: (view, input, output) => draw(view, input(1), input(2), output(1)),
  })),
  ...xors.map(({ title, citation, draw }): LogicBlock => ({
    title: `three-input parity of ${title} gates`,
    citation,
    draw: (view, input, output) => {
      const net = view.net();
      draw(view, input(1), input(2), net);
      draw(view, net, input(3), output(1));
    },
  })),
  ...xors.map(({ title, citation, draw }): LogicBlock => ({
    title: `half adder with a ${title} exclusive or`,
    citation: `${ADDERS}; ${citation}`,
    draw: (view, input, output) => {
      draw(view, input(1), input(2), output(1));
      andOf(view, input(1), input(2), output(2));
    },
  })),
  ...adders.map(({ title, citation, draw }): LogicBlock => ({
    title: `${title} full adder`,
    citation,
    draw: (view, input, output) => draw(view, [input(1), input(2), input(3)], output(1), output(2)),
  })),
  {
    title: "two-bit ripple-carry mirror adder",
    citation: `${WESTE}, ch. 11 (carry-ripple adder)`,
    draw: (view, input, output) => {
      const carry = view.net();
      mirrorAdder(view, [input(1), input(2), input(5)], output(1), carry);
      mirrorAdder(view, [input(3), input(4), carry], output(2), output(3));
    },
  },
  ...muxes.map(({ title, citation, draw }): LogicBlock => ({
    title: `${title} two-input multiplexer`,
    citation,
    draw: (view, input, output) => draw(view, input(1), input(2), input(3), output(1)),
  })),
  ...muxes.map(({ title, citation, draw }): LogicBlock => ({
    title: `${title} three-input multiplexer`,
    citation,
    draw: (view, input, output) => {
      const net = view.net();
      draw(view, input(1), input(2), input(4), net);
      draw(view, net, input(3), input(5), output(1));
    },
  })),
  {
    title: "one-bit comparator",
    citation: `${WESTE}, ch. 11 (comparators)`,
    draw: (view, input, output) => {
      const [na, nb] = [inverter(view, input(1)), inverter(view, input(2))];
      nor(view, [na, input(2)], output(1));
      nor(view, [input(1), nb], output(2));
      nor(view, [output(1), output(2)], output(3));
    },
  },
  {
    title: "two-to-four decoder of NOR gates",
    citation: `${WESTE}, ch. 12 (decoders)`,
    draw: (view, input, output) => {
      const complements = [inverter(view, input(1)), inverter(view, input(2))];
      for (let line = 0; line < 4; line++) {
        const pick = (bit: number): string => ((line >> bit) & 1 ? (complements[bit] ?? "") : input(bit + 1));
        nor(view, [pick(0), pick(1)], output(line + 1));
      }
    },
  },
  {
    title: "two-to-four decoder of NAND gates",
    citation: `${WESTE}, ch. 12 (decoders)`,
    draw: (view, input, output) => {
      const complements = [inverter(view, input(1)), inverter(view, input(2))];
      for (let line = 0; line < 4; line++) {
        const pick = (bit: number): string => ((line >> bit) & 1 ? input(bit + 1) : (complements[bit] ?? ""));
        andOf(view, pick(0), pick(1), output(line + 1));
      }
    },
  },
];
