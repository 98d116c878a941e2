import type { Value } from "../onnx/graph.js";
import { must } from "./arithmetic.js";
import type { Tape } from "./tape.js";

/**
 * Rows of a table. The gradient is a product with one-hot rows: it costs about as much as a projection onto the table, and,
 * unlike scattered additions on several threads, gives the same bits at every run.
 * @param table `[entries, width]`
 * @param indices `[n]`, int32
 * @param used rows of the table that may occur, from the first, when fewer than all: the rest gets no gradient
 */
export function embedding(tape: Tape, table: Value, indices: Value, used?: number): Value {
  const [entries, width] = table.shape;
  const [n] = indices.shape;
  if (typeof entries !== "number" || typeof width !== "number" || n === undefined)
    throw new Error("A table's size must be known.");
  const rows = tape.graph.emit("Gather", [table, indices], [n, width], { axis: 0 });
  tape.record([table], [rows], ([g]) => {
    const reach = Math.min(used ?? entries, entries);
    const hits = oneHot(tape, indices, reach);
    const gradient = tape.graph.emit("Gemm", [hits, must(g)], [reach, width], { transA: 1 });
    if (reach === entries) return [gradient];
    const rest = tape.graph.emit(
      "Expand",
      [tape.graph.scalar(0), tape.graph.integers([entries - reach, width])],
      [entries - reach, width],
    );
    return [tape.graph.emit("Concat", [gradient, rest], table.shape, { axis: 0 })];
  });
  return rows;
}

/** `[n, depth]`: 1 where the column is the row's index, else 0. An index of -1 is the last column. */
export function oneHot(tape: Tape, indices: Value, depth: number): Value {
  const [n] = indices.shape;
  if (n === undefined) throw new Error("Indices must be a list.");
  const values = tape.graph.initializer("off_and_on", "float32", [2], Float32Array.of(0, 1));
  return tape.graph.emit("OneHot", [indices, tape.graph.integer(depth), values], [n, depth], { axis: -1 });
}
