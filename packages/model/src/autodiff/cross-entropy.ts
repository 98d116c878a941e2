import type { Value } from "../onnx/graph.js";
import type { Dimension } from "../onnx/model-proto.js";
import { multiply, must, negate, subtract } from "./arithmetic.js";
import { oneHot } from "./embedding.js";
import { reshape } from "./layout.js";
import type { Tape } from "./tape.js";

/**
 * −Σ weight · log softmax(logits)[target], in nats: with weights of 1 / count it is the mean over the targets.
 * @param logits `[n, classes]`
 * @param targets `[n]`, int32; -1 is allowed where the weight is 0
 * @param weights `[n]`, no gradient flows to them
 */
export function crossEntropy(tape: Tape, logits: Value, targets: Value, weights: Value): Value {
  const [n, classes] = logits.shape as [Dimension, Dimension];
  const { logSoftmax, column, loss } = tape.paused(() => {
    const logProbabilities = tape.graph.emit("LogSoftmax", [logits], logits.shape, { axis: -1 });
    const index = reshape(tape, targets, [n, 1]);
    const chosen = tape.graph.emit("GatherElements", [logProbabilities, index], [n, 1], { axis: 1 });
    const weightColumn = reshape(tape, weights, [n, 1]);
    const total = tape.graph.emit("ReduceSum", [multiply(tape, chosen, weightColumn)], [], { keepdims: 0 });
    return { logSoftmax: logProbabilities, column: weightColumn, loss: negate(tape, total) };
  });
  tape.record([logits], [loss], ([g]) => {
    if (typeof classes !== "number") throw new Error("The number of classes must be known.");
    const probabilities = tape.graph.emit("Exp", [logSoftmax], logits.shape);
    const error = subtract(tape, probabilities, oneHot(tape, targets, classes));
    return [multiply(tape, multiply(tape, error, column), must(g))];
  });
  return loss;
}
