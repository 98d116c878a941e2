import type { ResolvedGptConfig } from "@topogenie/core";
import { dropoutRule, fillDropoutBytes } from "@topogenie/core";
import type { Tensor } from "./engine.js";
import type { Tape } from "./tape.js";

/** Which of `count` activations are kept at a training step, as ones and zeros. */
export function keptBytes(config: ResolvedGptConfig, count: number, step: number, site: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / 4) * 4);
  fillDropoutBytes(bytes, step, site);
  const { threshold } = dropoutRule(config);
  for (let index = 0; index < bytes.length; index++) bytes[index] = (bytes[index] as number) < threshold ? 0 : 1;
  return bytes.subarray(0, count);
}

/** x where it is kept, times the factor; elsewhere 0. */
export function dropout(tape: Tape, x: Tensor, kept: Uint8Array, factor: number): Tensor {
  const { tf } = tape;
  const mask = tf.tensor(kept, x.shape, "bool");
  const masked = (t: Tensor, by: Tensor): Tensor => tf.mul(t, tf.mul(tf.cast(by, "float32"), factor));
  const y = masked(x, mask);
  tape.record([x], [y], [mask], ([g], [saved]) => [masked(g as Tensor, saved as Tensor)]);
  return y;
}
