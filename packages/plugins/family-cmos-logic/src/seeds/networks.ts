import type { Schematic } from "@topogenie/building-blocks";
import { dual, type Expression } from "./expression.js";

/** Transistors of the view's n type between two nets, conducting under an expression of the nets in `inputs`. */
export function drawNetwork(
  view: Schematic,
  expression: Expression,
  inputs: readonly string[],
  top: string,
  bottom: string,
): void {
  if (typeof expression === "number") {
    view.n(top, inputs[expression] ?? "", bottom);
    return;
  }
  if ("any" in expression) {
    for (const part of expression.any) drawNetwork(view, part, inputs, top, bottom);
    return;
  }
  let above = top;
  expression.all.forEach((part, index) => {
    const below = index === expression.all.length - 1 ? bottom : view.net();
    drawNetwork(view, part, inputs, above, below);
    above = below;
  });
}

/** A complementary gate: the output is low when the expression holds. */
export function drawGate(view: Schematic, expression: Expression, inputs: readonly string[], output: string): void {
  drawNetwork(view, expression, inputs, output, view.low);
  drawNetwork(view.mirror, dual(expression), inputs, output, view.high);
}

export function inverter(view: Schematic, input: string, output = view.net()): string {
  view.p(output, input, view.high);
  view.n(output, input, view.low);
  return output;
}

export function nand(view: Schematic, inputs: readonly string[], output = view.net()): string {
  drawGate(view, { all: inputs.map((_, index) => index) }, inputs, output);
  return output;
}

export function nor(view: Schematic, inputs: readonly string[], output = view.net()): string {
  drawGate(view, { any: inputs.map((_, index) => index) }, inputs, output);
  return output;
}

/** Conducts both ways while `control` is high and its complement low. */
export function transmissionGate(view: Schematic, a: string, b: string, control: string, complement: string): void {
  view.n(a, control, b);
  view.p(a, complement, b);
}

/** An inverter that lets go of its output unless `control` is high. */
export function clockedInverter(view: Schematic, input: string, output: string, control: string, complement: string): void {
  const [upper, lower] = [view.net(), view.net()];
  view.p(upper, input, view.high);
  view.p(output, complement, upper);
  view.n(output, control, lower);
  view.n(lower, input, view.low);
}
