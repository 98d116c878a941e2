import type { Tensor, Tf } from "../engine.js";

/**
 * `[n, depth]`: 1 where the column is the row's index, else 0; an index of -1 has none. Cast from whole numbers: WebAssembly
 * writes a whole 1 into floats that are asked for.
 */
export function oneHot(tf: Tf, indices: Tensor, depth: number): Tensor {
  return tf.cast(tf.oneHot(indices as never, depth), "float32");
}
