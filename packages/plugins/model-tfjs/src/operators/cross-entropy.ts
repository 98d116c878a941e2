import type { Tensor } from "../engine.js";
import type { Tape } from "../tape.js";
import { oneHot } from "./one-hot.js";

/**
 * −Σ weight · log softmax(logits)[target], in nats: with weights of 1 / count it is the mean over the targets.
 * @param logits `[n, classes]`
 * @param targets `[n]`, int32; -1 is allowed where the weight is 0
 * @param weights `[n, 1]`, no gradient flows to them
 */
export function crossEntropy(tape: Tape, logits: Tensor, targets: Tensor, weights: Tensor): Tensor {
  const { tf } = tape;
  const classes = logits.shape[1] as number;
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, 1, true);
  const chosen = tf.sum(tf.mul(shifted, oneHot(tf, targets, classes)), 1, true);
  const loss = tf.sum(tf.mul(tf.sub(tf.log(sums), chosen), weights));
  tape.record([logits], [loss], [tf.div(exponentials, sums), targets, weights], ([g], saved) => {
    const [probabilities, indices, factors] = saved as [Tensor, Tensor, Tensor];
    return [tf.mul(tf.sub(probabilities, oneHot(tf, indices, classes)), tf.mul(factors, g as Tensor))];
  });
  return loss;
}
