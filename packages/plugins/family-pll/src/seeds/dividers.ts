import type { Schematic } from "@topogenie/building-blocks";

export interface Divider {
  readonly title: string;
  readonly citation: string | undefined;
  readonly ratio: 1 | 2;
  /** Returns the net of the divided clock. */
  draw(view: Schematic, clock: string): string;
}

const TSPC = "Yuan, Svensson, High-speed CMOS circuit technique, IEEE J. Solid-State Circuits 24 (1989)";

/** A true-single-phase-clock flip-flop, whose output is its input inverted, fed back to itself. */
function halve(view: Schematic, clock: string): string {
  const [x, y, q, top, middle, bottom] = [view.net(), view.net(), view.net(), view.net(), view.net(), view.net()];
  view.p(top, q, "VDD");
  view.p(x, clock, top);
  view.n(x, q, "VSS");
  view.p(y, clock, "VDD");
  view.n(y, x, middle);
  view.n(middle, clock, "VSS");
  view.p(q, y, "VDD");
  view.n(q, clock, bottom);
  view.n(bottom, y, "VSS");
  return q;
}

/** Two latches of transmission-gate and inverter blocks in a ring with one inversion. */
function halveByBlocks(view: Schematic, clock: string): string {
  const [inverted, a, na, b, nb] = [view.net(), view.net(), view.net(), view.net(), view.net()];
  const block = (input: string, output: string): void => view.device("I", "INVERTER", [input, output, "VDD", "VSS"]);
  const gate = (from: string, to: string, control: string): void =>
    view.device("I", "TRANSMISSION_GATE", [from, to, control, "VDD", "VSS"]);
  const divided = view.net();
  block(clock, inverted);
  gate(divided, a, inverted);
  block(a, na);
  gate(na, b, clock);
  block(b, nb);
  block(nb, divided);
  return divided;
}

export const dividers: readonly Divider[] = [
  { title: "", citation: undefined, ratio: 1, draw: (_, clock) => clock },
  { title: "divided by two", citation: TSPC, ratio: 2, draw: halve },
  {
    title: "divided by two with latch blocks",
    citation: "Weste, Harris, CMOS VLSI Design, ch. 10 (sequential circuits)",
    ratio: 2,
    draw: halveByBlocks,
  },
];
