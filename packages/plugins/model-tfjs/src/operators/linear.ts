import type { Tensor } from "../engine.js";
import { product, sumOfRows } from "../product.js";
import type { Tape } from "../tape.js";

/**
 * y = x W + b.
 * @param x `[n, inputs]`
 * @param weight `[inputs, outputs]`, or `[outputs, inputs]` with `transposed`
 * @param bias `[outputs]`
 */
export function linear(tape: Tape, x: Tensor, weight: Tensor, bias?: Tensor, transposed = false): Tensor {
  const { engine, tf } = tape;
  const multiplied = product(engine, x, weight, { b: transposed });
  const y = bias === undefined ? multiplied : tf.add(multiplied, bias);
  tape.record(bias === undefined ? [x, weight] : [x, weight, bias], [y], [x, weight], ([g], saved) => {
    const [input, matrix] = saved as [Tensor, Tensor];
    const gradient = g as Tensor;
    const ofInput = product(engine, gradient, matrix, { b: !transposed });
    const ofWeight = transposed ? product(engine, gradient, input, { a: true }) : product(engine, input, gradient, { a: true });
    return bias === undefined ? [ofInput, ofWeight] : [ofInput, ofWeight, sumOfRows(engine, gradient)];
  });
  return y;
}
