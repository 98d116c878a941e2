import type { AdamWStep, OptimizerSettings } from "@topogenie/core";
import type { Engine, Tensor } from "./engine.js";

/** A weight and its moments. */
export interface Trained {
  readonly weight: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
}

/**
 * One step of AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2): the new tensors.
 * @param shrink by which the weight is multiplied first: its decay
 */
export function adamWStep(
  engine: Engine,
  { weight, first, second }: Trained,
  gradient: Tensor,
  { beta1, beta2, epsilon }: OptimizerSettings,
  { clip, rate, secondScale }: AdamWStep,
  shrink: number,
): Trained {
  const { tf } = engine;
  return engine.compute(() => {
    const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, (1 - beta1) * clip));
    const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), (1 - beta2) * clip * clip));
    const root = tf.add(tf.sqrt(tf.mul(v, secondScale)), epsilon);
    return { weight: tf.sub(tf.mul(weight, shrink), tf.mul(tf.div(m, root), rate)), first: m, second: v };
  });
}
