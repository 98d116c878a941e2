import type { Value } from "../onnx/graph.js";
import { add, multiply, negate } from "./arithmetic.js";
import { concatenate, split } from "./layout.js";
import type { Tape } from "./tape.js";

/**
 * Turns the pairs (x[i], x[i + d/2]) of the last axis by their position's angles (Su et al., RoFormer, 2021; the halves are
 * paired as in GPT-NeoX). Composed of operators that have rules, so it needs none.
 * @param cosine, sine of the angles, broadcast to x with the angles twice along the last axis
 */
export function rotary(tape: Tape, x: Value, cosine: Value, sine: Value): Value {
  const [first, second] = split(tape, x, x.shape.length - 1, 2) as [Value, Value];
  const turned = concatenate(tape, [negate(tape, second), first], x.shape.length - 1);
  return add(tape, multiply(tape, x, cosine), multiply(tape, turned, sine));
}
