import type { Value } from "../onnx/graph.js";
import type { Dimension } from "../onnx/model-proto.js";
import type { Tape } from "./tape.js";

/** a + b, broadcast as in numpy. */
export function add(tape: Tape, a: Value, b: Value): Value {
  const sum = tape.graph.emit("Add", [a, b], broadcast(a.shape, b.shape));
  tape.record([a, b], [sum], ([g]) => [reduceTo(tape, must(g), a), reduceTo(tape, must(g), b)]);
  return sum;
}

/** a - b, broadcast as in numpy. */
export function subtract(tape: Tape, a: Value, b: Value): Value {
  const difference = tape.graph.emit("Sub", [a, b], broadcast(a.shape, b.shape));
  tape.record([a, b], [difference], ([g]) => [reduceTo(tape, must(g), a), reduceTo(tape, negate(tape, must(g)), b)]);
  return difference;
}

/** a * b elementwise, broadcast as in numpy. */
export function multiply(tape: Tape, a: Value, b: Value): Value {
  const product = tape.graph.emit("Mul", [a, b], broadcast(a.shape, b.shape));
  tape.record([a, b], [product], ([g]) => [
    tape.tracks(a) ? reduceTo(tape, multiply(tape, must(g), b), a) : undefined,
    tape.tracks(b) ? reduceTo(tape, multiply(tape, must(g), a), b) : undefined,
  ]);
  return product;
}

/** x times a number known when the graph is built. */
export function scale(tape: Tape, x: Value, factor: number): Value {
  return multiply(tape, x, tape.graph.scalar(factor));
}

export function negate(tape: Tape, x: Value): Value {
  const result = tape.graph.emit("Neg", [x], x.shape);
  tape.record([x], [result], ([g]) => [negate(tape, must(g))]);
  return result;
}

/** Sum over an axis, which stays with size 1. Not differentiable: gradient rules use it. */
export function sumOver(tape: Tape, x: Value, axis: number): Value {
  return tape.graph.emit("ReduceSum", [x, tape.graph.integers([axis])], collapsed(x.shape, axis), { keepdims: 1 });
}

/** Mean over an axis, which stays with size 1. Not differentiable: gradient rules use it. */
export function meanOver(tape: Tape, x: Value, axis: number): Value {
  return tape.graph.emit("ReduceMean", [x, tape.graph.integers([axis])], collapsed(x.shape, axis), { keepdims: 1 });
}

/** Sums a gradient over the axes along which the operand was broadcast. */
export function reduceTo(tape: Tape, gradient: Value, operand: Value): Value | undefined {
  if (!tape.tracks(operand)) return undefined;
  const extra = gradient.shape.length - operand.shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < extra || (operand.shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  if (axes.length === 0) return gradient;
  const kept = gradient.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const reduced = tape.graph.emit("ReduceSum", [gradient, tape.graph.integers(axes)], kept, { keepdims: 1 });
  return extra === 0 ? reduced : reshapeTo(tape, reduced, operand.shape);
}

/** The gradient that a rule was called with. Operators with one output are only asked when it has one. */
export function must(gradient: Value | undefined): Value {
  if (gradient === undefined) throw new Error("A gradient rule was called without a gradient.");
  return gradient;
}

export function reshapeTo(tape: Tape, x: Value, shape: readonly Dimension[]): Value {
  const sizes = shape.map((size) => (typeof size === "number" ? size : -1));
  if (sizes.filter((size) => size === -1).length > 1) throw new Error(`Reshape to ${shape.join(" x ")} leaves two sizes open.`);
  return tape.graph.emit("Reshape", [x, tape.graph.integers(sizes)], shape, {}, x.type);
}

function collapsed(shape: readonly Dimension[], axis: number): Dimension[] {
  const at = axis < 0 ? shape.length + axis : axis;
  return shape.map((size, index) => (index === at ? 1 : size));
}

function broadcast(a: readonly Dimension[], b: readonly Dimension[]): Dimension[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, index) => {
    const left = a[index - (rank - a.length)] ?? 1;
    const right = b[index - (rank - b.length)] ?? 1;
    if (left !== right && left !== 1 && right !== 1)
      throw new Error(`Shapes ${a.join(" x ")} and ${b.join(" x ")} do not go together.`);
    return left === 1 ? right : left;
  });
}
