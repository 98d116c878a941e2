import type { ResolvedGptConfig } from "@topogenie/core";
import type { Tensor } from "../engine.js";
import type { Tape } from "../tape.js";

export type Activation = (tape: Tape, x: Tensor) => Tensor;

/** max(x, 0). */
const relu: Activation = (tape, x) => {
  const { tf } = tape;
  const y = tf.relu(x);
  tape.record([x], [y], [y], ([g], [output]) => [tf.mul(g as Tensor, tf.step(output as Tensor))]);
  return y;
};

/** max(x, 0)² (So et al., Primer, 2021). */
const squaredRelu: Activation = (tape, x) => {
  const { tf } = tape;
  const positive = tf.relu(x);
  const y = tf.square(positive);
  tape.record([x], [y], [positive], ([g], [half]) => [tf.mul(tf.mul(g as Tensor, half as Tensor), 2)]);
  return y;
};

/** x Φ(x), exactly, with Φ by the error function (Hendrycks and Gimpel, 2016). */
const gelu: Activation = (tape, x) => {
  const { tf } = tape;
  const cumulative = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
  const y = tf.mul(x, cumulative);
  tape.record([x], [y], [x, cumulative], ([g], saved) => {
    const [input, normal] = saved as [Tensor, Tensor];
    const density = tf.mul(tf.exp(tf.mul(tf.square(input), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return [tf.mul(g as Tensor, tf.add(normal, tf.mul(input, density)))];
  });
  return y;
};

/** x σ(x), also called swish (Elfwing et al., 2017). */
export const silu: Activation = (tape, x) => {
  const { tf } = tape;
  const gate = tf.sigmoid(x);
  const y = tf.mul(x, gate);
  tape.record([x], [y], [x, gate], ([g], saved) => {
    const [input, sigmoid] = saved as [Tensor, Tensor];
    const slope = tf.mul(sigmoid, tf.add(tf.mul(input, tf.sub(1, sigmoid)), 1));
    return [tf.mul(g as Tensor, slope)];
  });
  return y;
};

/** Of the perceptron, but SwiGLU, which is a product of two. */
export const activations: Readonly<Record<Exclude<ResolvedGptConfig["activation"], "swiglu">, Activation>> = {
  relu,
  gelu,
  "squared-relu": squaredRelu,
};
