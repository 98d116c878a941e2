import type { Tensor } from "../engine.js";
import type { Tape } from "../tape.js";

/** a + b of equal shapes. */
export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const { tf } = tape;
  const sum = tf.add(a, b);
  tape.record([a, b], [sum], [], ([g]) => [tf.clone(g as Tensor), tf.clone(g as Tensor)]);
  return sum;
}

/** a ∘ b of equal shapes. */
export function multiply(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const { tf } = tape;
  const result = tf.mul(a, b);
  tape.record([a, b], [result], [a, b], ([g], saved) => {
    const [left, right] = saved as [Tensor, Tensor];
    return [tf.mul(g as Tensor, right), tf.mul(g as Tensor, left)];
  });
  return result;
}

/** The same elements in another shape. */
export function reshape(tape: Tape, x: Tensor, shape: readonly number[]): Tensor {
  const { tf } = tape;
  const result = tf.reshape(x, [...shape]);
  tape.record([x], [result], [], ([g]) => [tf.reshape(g as Tensor, x.shape)]);
  return result;
}

/** The columns of a matrix cut into equal parts. */
export function splitColumns(tape: Tape, x: Tensor, parts: number): Tensor[] {
  const { tf } = tape;
  const pieces = tf.split(x, parts, 1);
  tape.record([x], pieces, [], (gradients) => [tf.concat([...gradients], 1)]);
  return pieces;
}
