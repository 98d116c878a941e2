import type { Value } from "../onnx/graph.js";
import type { Dimension } from "../onnx/model-proto.js";
import { must, reshapeTo } from "./arithmetic.js";
import type { Tape } from "./tape.js";

/** The same elements in another shape; at most one size may be left to the run. */
export function reshape(tape: Tape, x: Value, shape: readonly Dimension[]): Value {
  const result = reshapeTo(tape, x, shape);
  tape.record([x], [result], ([g]) => [reshape(tape, must(g), x.shape)]);
  return result;
}

/** Axes in another order: axis i of the result is axis `order[i]` of x. */
export function transpose(tape: Tape, x: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => x.shape[axis] as Dimension);
  const result = tape.graph.emit("Transpose", [x], shape, { perm: order });
  tape.record([x], [result], ([g]) => [transpose(tape, must(g), inverse(order))]);
  return result;
}

/** Cuts an axis into equal parts. */
export function split(tape: Tape, x: Value, axis: number, parts: number): Value[] {
  const size = x.shape[axis];
  if (typeof size !== "number" || size % parts !== 0)
    throw new Error(`An axis of ${size ?? "no"} cannot be cut into ${parts} parts.`);
  const shape = x.shape.map((length, index) => (index === axis ? size / parts : length));
  const lengths = tape.graph.integers(Array.from({ length: parts }, () => size / parts));
  const pieces = tape.graph.node(
    "Split",
    [x, lengths],
    Array.from({ length: parts }, () => shape),
    { axis },
  );
  tape.record([x], pieces, (gradients) => [
    concatenate(
      tape,
      gradients.map((gradient) => gradient ?? zeros(tape, shape)),
      axis,
    ),
  ]);
  return pieces;
}

/** Joins tensors along an axis. */
export function concatenate(tape: Tape, pieces: readonly Value[], axis: number): Value {
  const sizes = pieces.map((piece) => piece.shape[axis] as Dimension);
  const numbers = sizes.filter((size) => typeof size === "number");
  const total = numbers.length === sizes.length ? numbers.reduce((sum, size) => sum + size, 0) : sizes.join("+");
  const shape = (pieces[0] as Value).shape.map((size, index) => (index === axis ? total : size));
  const joined = tape.graph.emit("Concat", pieces, shape, { axis });
  tape.record(pieces, [joined], ([g]) => {
    const lengths = tape.graph.integers(numbers);
    return tape.graph.node(
      "Split",
      [must(g), lengths],
      pieces.map((piece) => piece.shape),
      { axis },
    );
  });
  return joined;
}

/** The places from `start` to before `end` of an axis. */
export function slice(tape: Tape, x: Value, axis: number, start: number, end: number): Value {
  const size = x.shape[axis];
  if (typeof size !== "number") throw new Error("Only an axis whose size is known can be sliced.");
  if (start === 0 && end === size) return x;
  const { graph } = tape;
  const shape = x.shape.map((length, index) => (index === axis ? end - start : length));
  const bounds = [start, end, axis].map((number) => graph.integers([number]));
  const piece = graph.emit("Slice", [x, ...bounds], shape, {}, x.type);
  tape.record([x], [piece], ([g]) => {
    const before = x.shape.map((_, index) => (index === axis ? start : 0));
    const after = x.shape.map((_, index) => (index === axis ? size - end : 0));
    return [graph.emit("Pad", [must(g), graph.integers([...before, ...after])], x.shape)];
  });
  return piece;
}

function zeros(tape: Tape, shape: readonly Dimension[]): Value {
  const sizes = shape.map((size) => (typeof size === "number" ? size : -1));
  return tape.graph.emit("Expand", [tape.graph.scalar(0), tape.graph.integers(sizes)], shape);
}

function inverse(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}
