import type { Tensor } from "../engine.js";
import type { Tape } from "../tape.js";
import type { HeadSizes, HeadStacks } from "./head-stacks.js";
import { addMasks, joinHeads, splitHeads, stackProducts } from "./head-stacks.js";

export interface AttentionInputs {
  /** Each `[rows * length, heads * d]`. */
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** Dropout of the attention weights. */
export interface Keep {
  /** What is kept. */
  readonly stacks: HeadStacks;
  /** By which it is multiplied. */
  readonly factor: number;
}

/**
 * softmax(Q Kᵀ / √d + mask) V of every head (Vaswani et al., 2017), `[rows * length, heads * d]`.
 *
 * With P the softmax, A = P ∘ keep and Y = A V, the rule is dV = Aᵀ dY; dP = (dY Vᵀ) ∘ keep; dS = P ∘ (dP − D), where
 * D, the row sums of dP ∘ P, equals the row sums of dY ∘ Y (Dao et al., FlashAttention, 2022, appendix B.2).
 * @param masks as `maskTensors` gives them: 0 where a query may look, very negative where it may not
 */
export function attention(
  tape: Tape,
  { query, key, value }: AttentionInputs,
  sizes: HeadSizes,
  masks: readonly Tensor[],
  keep?: Keep,
): Tensor {
  const { engine, tf } = tape;
  const factor = 1 / Math.sqrt(sizes.headWidth);
  const dropped = (stacks: HeadStacks, kept: HeadStacks | undefined): HeadStacks =>
    keep === undefined || kept === undefined
      ? stacks
      : stacks.map((stack, index) => tf.mul(stack, tf.mul(tf.cast(kept[index] as Tensor, "float32"), keep.factor)));
  const scaled = (stacks: HeadStacks): HeadStacks => stacks.map((stack) => tf.mul(stack, factor));

  const [q, k, v] = [query, key, value].map((x) => splitHeads(engine, x, sizes)) as [HeadStacks, HeadStacks, HeadStacks];
  const scores = addMasks(engine, scaled(stackProducts(engine, q, k, { b: true })), masks, sizes);
  const softmax = scores.map((stack) => tf.softmax(stack));
  const y = stackProducts(engine, dropped(softmax, keep?.stacks), v);
  const joined = joinHeads(engine, y, sizes);

  const kept = keep?.stacks ?? [];
  tape.record([query, key, value], [joined], [...q, ...k, ...v, ...softmax, ...y, ...kept], ([g], saved) => {
    const count = q.length;
    const part = (index: number): HeadStacks => saved.slice(index * count, (index + 1) * count);
    const [queries, keys, values, weights, results] = [0, 1, 2, 3, 4].map(part) as [
      HeadStacks,
      HeadStacks,
      HeadStacks,
      HeadStacks,
      HeadStacks,
    ];
    const keptStacks = kept.length === 0 ? undefined : part(5);
    const dy = splitHeads(engine, g as Tensor, sizes);
    const dv = stackProducts(engine, dropped(weights, keptStacks), dy, { a: true });
    const dp = dropped(stackProducts(engine, dy, values, { b: true }), keptStacks);
    const ds = weights.map((stack, index) => {
      const rowSums = tf.sum(tf.mul(dy[index] as Tensor, results[index] as Tensor), -1, true);
      return tf.mul(stack, tf.sub(dp[index] as Tensor, rowSums));
    });
    const dq = scaled(stackProducts(engine, ds, keys));
    const dk = scaled(stackProducts(engine, ds, queries, { a: true }));
    return [dq, dk, dv].map((stacks) => joinHeads(engine, stacks, sizes));
  });
  return joined;
}
