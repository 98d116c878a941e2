import type { Value } from "../onnx/graph.js";
import { add, multiply, must, scale, subtract } from "./arithmetic.js";
import type { Tape } from "./tape.js";

/** max(x, 0). */
export function relu(tape: Tape, x: Value): Value {
  const y = tape.graph.emit("Relu", [x], x.shape);
  tape.record([x], [y], ([g]) => {
    const positive = tape.graph.emit("Greater", [y, tape.graph.scalar(0)], x.shape, {}, "bool");
    return [tape.graph.emit("Where", [positive, must(g), tape.graph.scalar(0)], x.shape)];
  });
  return y;
}

/** max(x, 0)² (So et al., Primer, 2021). */
export function squaredRelu(tape: Tape, x: Value): Value {
  const { positive, y } = tape.paused(() => {
    const half = relu(tape, x);
    return { positive: half, y: multiply(tape, half, half) };
  });
  tape.record([x], [y], ([g]) => [scale(tape, multiply(tape, must(g), positive), 2)]);
  return y;
}

/** x Φ(x), exactly, with Φ by the error function (Hendrycks and Gimpel, 2016). */
export function gelu(tape: Tape, x: Value): Value {
  const { cumulative, y } = tape.paused(() => {
    const error = tape.graph.emit("Erf", [scale(tape, x, Math.SQRT1_2)], x.shape);
    const normal = scale(tape, add(tape, error, tape.graph.scalar(1)), 0.5);
    return { cumulative: normal, y: multiply(tape, x, normal) };
  });
  tape.record([x], [y], ([g]) => {
    const bell = tape.graph.emit("Exp", [scale(tape, multiply(tape, x, x), -0.5)], x.shape);
    const density = scale(tape, bell, 1 / Math.sqrt(2 * Math.PI));
    return [multiply(tape, must(g), add(tape, cumulative, multiply(tape, x, density)))];
  });
  return y;
}

/** x σ(x), also called swish (Elfwing et al., 2017). */
export function silu(tape: Tape, x: Value): Value {
  const { sigmoid, y } = tape.paused(() => {
    const gate = tape.graph.emit("Sigmoid", [x], x.shape);
    return { sigmoid: gate, y: multiply(tape, x, gate) };
  });
  tape.record([x], [y], ([g]) => {
    const rest = subtract(tape, tape.graph.scalar(1), sigmoid);
    const slope = multiply(tape, sigmoid, add(tape, tape.graph.scalar(1), multiply(tape, x, rest)));
    return [multiply(tape, must(g), slope)];
  });
  return y;
}
