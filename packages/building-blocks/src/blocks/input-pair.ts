import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import { drawTail, type Tail } from "./tail.js";

export const pairs = ["plain", "own-well", "degenerated", "split-tail"] as const;
export type Pair = (typeof pairs)[number];

export const pairTitles: Readonly<Record<Pair, string>> = {
  plain: "",
  "own-well": "input pair in its own well",
  degenerated: "source degeneration",
  "split-tail": "source degeneration between two tail sources",
};

export const pairCitations: Readonly<Record<Pair, string | undefined>> = {
  plain: undefined,
  "own-well": "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 6 (two-stage CMOS opamp)",
  degenerated: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 4 (degenerated differential pair)",
  "split-tail":
    "Razavi, Design of Analog CMOS Integrated Circuits, chapter on nonlinearity and mismatch (source degeneration with two tail currents)",
};

/** Only a device in a well may have its bulk on its source. */
export function pairIsPossible(view: Schematic, pair: Pair): boolean {
  return pair !== "own-well" || view.wellForN;
}

/** An input pair and its tail; its drains sink signal current from `drains`, in the order of the gates. */
export function drawPair(
  view: Schematic,
  bias: Bias,
  gates: readonly [string, string],
  drains: readonly [string, string],
  pair: Pair,
  tail: Tail,
): void {
  if (pair === "split-tail") {
    const left = drawTail(view, bias, tail);
    const right = drawTail(view, bias, tail);
    view.n(drains[0], gates[0], left);
    view.n(drains[1], gates[1], right);
    view.resistor(left, right);
    return;
  }
  const common = drawTail(view, bias, tail);
  for (const side of [0, 1] as const) {
    const source = pair === "degenerated" ? view.net() : common;
    view.n(drains[side], gates[side], source, pair === "own-well" ? common : view.low);
    if (pair === "degenerated") view.resistor(source, common);
  }
}
