import type { Engine, Tensor } from "./engine.js";

export interface Transposed {
  readonly a?: boolean;
  readonly b?: boolean;
}

/**
 * The product of two matrices, either of them transposed first, or of two equally high stacks of matrices. WebAssembly has a fast
 * product for two matrices as they are: there the transposes are made, of whichever is smaller, since aᵀ b = (bᵀ a)ᵀ.
 */
export function product(engine: Engine, a: Tensor, b: Tensor, transposed: Transposed = {}): Tensor {
  const { tf } = engine;
  if (engine.description.fastStacks || a.rank > 2) return tf.matMul(a, b, transposed.a, transposed.b);
  if (transposed.a !== true) return tf.matMul(a, transposed.b === true ? tf.transpose(b) : b);
  const right = transposed.b === true ? tf.transpose(b) : b;
  const [, columns = 0] = a.shape;
  const [, results = 0] = right.shape;
  return a.size <= right.size + columns * results
    ? tf.matMul(tf.transpose(a), right)
    : tf.transpose(tf.matMul(tf.transpose(right), a));
}

/** The sum of a matrix's rows, `[columns]`: as a product, which every engine does fast. */
export function sumOfRows(engine: Engine, matrix: Tensor): Tensor {
  const { tf } = engine;
  return tf.reshape(tf.matMul(tf.ones([1, matrix.shape[0]]), matrix as never), [-1]);
}
