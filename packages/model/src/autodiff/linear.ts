import type { Value } from "../onnx/graph.js";
import type { Dimension } from "../onnx/model-proto.js";
import { must } from "./arithmetic.js";
import type { Tape } from "./tape.js";

/**
 * y = x W + b.
 * @param x `[n, inputs]`
 * @param weight `[inputs, outputs]`, or `[outputs, inputs]` with `transposed`
 * @param bias `[outputs]`
 */
export function linear(tape: Tape, x: Value, weight: Value, bias?: Value, transposed = false): Value {
  const outputs = weight.shape[transposed ? 0 : 1] as Dimension;
  const inputs = bias === undefined ? [x, weight] : [x, weight, bias];
  const y = tape.graph.emit("Gemm", inputs, [x.shape[0] as Dimension, outputs], transposed ? { transB: 1 } : {});
  tape.record(inputs, [y], ([gradient]) => {
    const g = must(gradient);
    const dx = tape.graph.emit("Gemm", [g, weight], x.shape, transposed ? {} : { transB: 1 });
    const dw = tape.graph.emit("Gemm", transposed ? [g, x] : [x, g], weight.shape, { transA: 1 });
    const db = bias && tape.graph.emit("ReduceSum", [g, tape.graph.integers([0])], bias.shape, { keepdims: 0 });
    return [dx, dw, db];
  });
  return y;
}
