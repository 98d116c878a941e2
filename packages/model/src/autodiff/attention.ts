import type { Value } from "../onnx/graph.js";
import type { Dimension } from "../onnx/model-proto.js";
import { add, multiply, must, scale, subtract, sumOver } from "./arithmetic.js";
import { transpose } from "./layout.js";
import type { Tape } from "./tape.js";

export interface AttentionInputs {
  /** `[..., queries, d]` */
  readonly query: Value;
  /** `[..., keys, d]` */
  readonly key: Value;
  /** `[..., keys, d]` */
  readonly value: Value;
  /** Added to the scores: 0 where a query may look, very negative where it may not. */
  readonly mask?: Value | undefined;
  /** Factors on the attention weights (dropout): 0 or 1 / probability of being kept. */
  readonly keep?: Value | undefined;
}

/**
 * softmax(Q Kᵀ / √d + mask) V (Vaswani et al., 2017).
 *
 * With P the softmax, A = P ∘ keep and Y = A V, the rule is dV = Aᵀ dY; dP = (dY Vᵀ) ∘ keep; dS = P ∘ (dP − D), where
 * D, the row sums of dP ∘ P, equals the row sums of dY ∘ Y (Dao et al., FlashAttention, 2022, appendix B.2): summing over d
 * instead of over the keys saves two passes over the largest tensors of the network.
 */
export function attention(tape: Tape, { query, key, value, mask, keep }: AttentionInputs): Value {
  const rank = query.shape.length;
  const d = query.shape[rank - 1];
  if (typeof d !== "number") throw new Error("The width of a head must be known when the graph is built.");
  const factor = 1 / Math.sqrt(d);
  const weightShape = [...query.shape.slice(0, -1), key.shape[rank - 2] as Dimension];
  const turned = (x: Value): Value =>
    transpose(
      tape,
      x,
      Array.from({ length: rank }, (_, axis) => (axis < rank - 2 ? axis : axis === rank - 2 ? rank - 1 : rank - 2)),
    );
  const product = (a: Value, b: Value, shape: readonly Dimension[]): Value => tape.graph.emit("MatMul", [a, b], shape);

  const forward = tape.paused(() => {
    const scores = scale(tape, product(query, turned(key), weightShape), factor);
    const masked = mask === undefined ? scores : add(tape, scores, mask);
    const softmax = tape.graph.emit("Softmax", [masked], weightShape, { axis: -1 });
    const weights = keep === undefined ? softmax : multiply(tape, softmax, keep);
    const result = product(weights, value, query.shape);
    return { softmax, weights, result };
  });
  tape.record([query, key, value], [forward.result], ([gradient]) => {
    const g = must(gradient);
    const dv = product(turned(forward.weights), g, value.shape);
    const dropped = product(g, turned(value), weightShape);
    const dp = keep === undefined ? dropped : multiply(tape, dropped, keep);
    const rowSums = sumOver(tape, multiply(tape, g, forward.result), -1);
    const ds = multiply(tape, forward.softmax, subtract(tape, dp, rowSums));
    const dq = scale(tape, product(ds, key, query.shape), factor);
    const dk = scale(tape, product(turned(ds), query, key.shape), factor);
    return [dq, dk, dv];
  });
  return forward.result;
}
