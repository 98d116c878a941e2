import type { ResolvedGptConfig } from "@topogenie/core";
import type { Engine, Tensor } from "../engine.js";
import { product } from "../product.js";
import type { Tape } from "../tape.js";

/** The base of rotary angles (Su et al., 2021). */
const BASE = 10_000;

/** What turns queries and keys; made once for a model. */
export interface RotaryTables {
  /** Cosines and sines of each position's angles, once for every head: `[context, width]`. */
  readonly cosine: Tensor;
  readonly sine: Tensor;
  /** `[d, d]` with d the width of a head: (x₁, x₂) times it is (−x₂, x₁), for halves x₁ and x₂. */
  readonly quarterTurn: Tensor;
}

export function rotaryTables(engine: Engine, { context, width, heads }: ResolvedGptConfig): RotaryTables {
  const { tf } = engine;
  const headWidth = width / heads;
  const half = headWidth / 2;
  const table = (of: (angle: number) => number): Tensor => {
    const data = Float32Array.from({ length: context * width }, (_, index) => {
      const pair = (index % headWidth) % half;
      return of(Math.floor(index / width) * BASE ** ((-2 * pair) / headWidth));
    });
    return tf.tensor(data, [context, width]);
  };
  const turn = new Float32Array(headWidth * headWidth);
  for (let pair = 0; pair < half; pair++) {
    turn[pair * headWidth + pair + half] = 1;
    turn[(pair + half) * headWidth + pair] = -1;
  }
  return engine.compute(() => ({
    cosine: table(Math.cos),
    sine: table(Math.sin),
    quarterTurn: tf.tensor(turn, [headWidth, headWidth]),
  }));
}

/**
 * Turns the pairs (x[i], x[i + d/2]) of each head by their position's angles (Su et al., RoFormer, 2021; the halves are paired as
 * in GPT-NeoX).
 * @param x `[n, width]`
 * @param cosine, sine of the n positions, `[n, width]`
 */
export function rotary(tape: Tape, x: Tensor, cosine: Tensor, sine: Tensor, quarterTurn: Tensor): Tensor {
  const { tf, engine } = tape;
  const [headWidth = 0] = quarterTurn.shape;
  const turned = (t: Tensor): Tensor => tf.reshape(product(engine, tf.reshape(t, [-1, headWidth]), quarterTurn), t.shape);
  const y = tf.add(tf.mul(x, cosine), tf.mul(turned(x), sine));
  tape.record([x], [y], [cosine, sine], ([g], saved) => {
    const [cosines, sines] = saved as [Tensor, Tensor];
    // The quarter turn transposed is the quarter turn the other way.
    return [tf.sub(tf.mul(g as Tensor, cosines), turned(tf.mul(g as Tensor, sines)))];
  });
  return y;
}
