import type { Schematic } from "@topogenie/building-blocks";
import { dual, type Expression } from "./expression.js";
import { drawGate, drawNetwork, inverter } from "./networks.js";

/** How a function of inputs becomes transistors. */
export interface GateStyle {
  readonly title: string;
  readonly citation: string;
  /** Input nets, the net of the output, and a clock for styles that need one. */
  draw(view: Schematic, expression: Expression, inputs: readonly string[], output: string): void;
}

const WESTE = "Weste, Harris, CMOS VLSI Design";
const RABAEY = "Rabaey, Chandrakasan, Nikolic, Digital Integrated Circuits";
const CLOCK = "VCLK1";

function domino(
  view: Schematic,
  expression: Expression,
  inputs: readonly string[],
  output: string,
  keeper: boolean,
  footed: boolean,
): void {
  const dynamic = view.net();
  view.p(dynamic, CLOCK, view.high);
  const foot = footed ? view.net() : view.low;
  drawNetwork(view, expression, inputs, dynamic, foot);
  if (footed) view.n(foot, CLOCK, view.low);
  inverter(view, dynamic, output);
  if (keeper) view.p(dynamic, output, view.high);
}

export const gateStyles: readonly GateStyle[] = [
  {
    title: "static complementary",
    citation: `${WESTE}, ch. 1 (CMOS logic gates)`,
    draw: drawGate,
  },
  {
    title: "static complementary with an output inverter",
    citation: `${WESTE}, ch. 1 (CMOS logic gates)`,
    draw: (view, expression, inputs, output) => {
      const net = view.net();
      drawGate(view, expression, inputs, net);
      inverter(view, net, output);
    },
  },
  {
    title: "pseudo-nMOS with an output inverter",
    citation: `${WESTE}, ch. 9 (ratioed circuits)`,
    draw: (view, expression, inputs, output) => {
      const net = view.net();
      drawNetwork(view, expression, inputs, net, view.low);
      view.p(net, view.low, view.high);
      inverter(view, net, output);
    },
  },
  {
    title: "domino",
    citation: `${WESTE}, ch. 9 (dynamic circuits, domino logic)`,
    draw: (view, expression, inputs, output) => {
      domino(view, expression, inputs, output, false, true);
    },
  },
  {
    title: "domino with a keeper",
    citation: `${WESTE}, ch. 9 (dynamic circuits, keepers)`,
    draw: (view, expression, inputs, output) => {
      domino(view, expression, inputs, output, true, true);
    },
  },
  {
    title: "differential cascode voltage switch",
    citation: `${RABAEY}, ch. 6 (ratioed logic, DCVSL)`,
    draw: (view, expression, inputs, output) => {
      const complement = view.net();
      const inverted = inputs.map((input) => inverter(view, input));
      drawNetwork(view, expression, inputs, complement, view.low);
      drawNetwork(view, dual(expression), inverted, output, view.low);
      view.p(complement, output, view.high);
      view.p(output, complement, view.high);
    },
  },
  {
    title: "clocked CMOS with an output latch",
    citation: `${RABAEY}, ch. 7 (C2MOS)`,
    draw: (view, expression, inputs, output) => {
      const [upper, lower, net] = [view.net(), view.net(), view.net()];
      const open = inverter(view, CLOCK);
      drawNetwork(view, expression, inputs, lower, view.low);
      view.n(net, CLOCK, lower);
      drawNetwork(view.mirror, dual(expression), inputs, upper, view.high);
      view.p(net, open, upper);
      inverter(view, net, output);
      // Weak feedback keeps the level while the clock is low.
      inverter(view, output, net);
    },
  },
];
