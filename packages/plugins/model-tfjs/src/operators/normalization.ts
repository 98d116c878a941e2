import type { Tensor } from "../engine.js";
import { sumOfRows } from "../product.js";
import type { Tape } from "../tape.js";

/** Added to the variance, as in PyTorch. */
const EPSILON = 1e-5;

/** (x − mean) / √(variance + ε) ∘ gain + bias over the rows of a matrix (Ba et al., 2016). */
export function layerNormalization(tape: Tape, x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const { tf, engine } = tape;
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const inverse = inverseRoot(tape, centred);
  const unit = tf.mul(centred, inverse);
  const y = tf.add(tf.mul(unit, gain), bias);
  tape.record([x, gain, bias], [y], [unit, inverse, gain], ([g], saved) => {
    const gradient = g as Tensor;
    const [units, inverses, gains] = saved as [Tensor, Tensor, Tensor];
    const onUnit = tf.mul(gradient, gains);
    const along = tf.mean(tf.mul(onUnit, units), -1, true);
    const level = tf.sub(onUnit, tf.mean(onUnit, -1, true));
    return [
      tf.mul(inverses, tf.sub(level, tf.mul(units, along))),
      sumOfRows(engine, tf.mul(gradient, units)),
      sumOfRows(engine, gradient),
    ];
  });
  return y;
}

/** x / √(mean square + ε), and ∘ gain where there is one, over the rows of a matrix (Zhang and Sennrich, 2019). */
export function rmsNormalization(tape: Tape, x: Tensor, gain?: Tensor): Tensor {
  const { tf, engine } = tape;
  const inverse = inverseRoot(tape, x);
  const unit = tf.mul(x, inverse);
  const y = gain === undefined ? unit : tf.mul(unit, gain);
  const inputs = gain === undefined ? [x] : [x, gain];
  tape.record(inputs, [y], [unit, inverse, ...inputs.slice(1)], ([g], saved) => {
    const gradient = g as Tensor;
    const [units, inverses, gains] = saved as [Tensor, Tensor, Tensor | undefined];
    const onUnit = gains === undefined ? gradient : tf.mul(gradient, gains);
    const along = tf.mean(tf.mul(onUnit, units), -1, true);
    const ofInput = tf.mul(inverses, tf.sub(onUnit, tf.mul(units, along)));
    return gains === undefined ? [ofInput] : [ofInput, sumOfRows(engine, tf.mul(gradient, units))];
  });
  return y;
}

/** 1 / √(mean square of each row + ε), `[n, 1]`. */
function inverseRoot({ tf }: Tape, x: Tensor): Tensor {
  return tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), EPSILON));
}
