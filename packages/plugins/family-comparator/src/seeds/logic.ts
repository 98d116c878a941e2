import type { Schematic } from "@topogenie/building-blocks";

export const LOGIC_CITATION = "Weste, Harris, CMOS VLSI Design, ch. 1 (static CMOS gates and latches)";

export function drawInverter(view: Schematic, input: string, output: string): void {
  view.p(output, input, view.high);
  view.n(output, input, view.low);
}

/** Small: a set-reset latch loads a latch by its own last state, which a large one would turn into hysteresis. Metres. */
const GATE = { w: 0.6e-6, l: 0.18e-6 } as const;

/** NAND of the view: its n devices stand in series. In a mirrored view it is a NOR. */
function drawNand(view: Schematic, a: string, b: string, output: string): void {
  const middle = view.net();
  view.p(output, a, view.high, view.high, GATE);
  view.p(output, b, view.high, view.high, GATE);
  view.n(output, a, middle, view.low, GATE);
  view.n(middle, b, view.low, view.low, GATE);
}

/** Set-reset latch that keeps its state while both inputs are at the view's high rail. */
export function drawSetResetLatch(view: Schematic, inputs: readonly [string, string], outputs: readonly [string, string]): void {
  drawNand(view, inputs[0], outputs[1], outputs[0]);
  drawNand(view, inputs[1], outputs[0], outputs[1]);
}
