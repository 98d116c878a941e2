import type { Value } from "../onnx/graph.js";
import type { Dimension } from "../onnx/model-proto.js";
import { meanOver, multiply, must, subtract } from "./arithmetic.js";
import type { Tape } from "./tape.js";

/** Added to the variance, as in PyTorch. */
const EPSILON = 1e-5;

/** (x − mean) / √(variance + ε) ∘ gain + bias over the last axis (Ba et al., 2016). */
export function layerNormalization(tape: Tape, x: Value, gain: Value, bias: Value): Value {
  const statistics = [...x.shape.slice(0, -1), 1];
  const [y, mean, inverse] = tape.graph.node("LayerNormalization", [x, gain, bias], [x.shape, statistics, statistics], {
    axis: -1,
    epsilon: { float: EPSILON },
  }) as [Value, Value, Value];
  tape.record([x, gain, bias], [y], ([gradient]) => {
    const g = must(gradient);
    const unit = multiply(tape, subtract(tape, x, mean), inverse);
    const onUnit = multiply(tape, g, gain);
    const along = meanOver(tape, multiply(tape, onUnit, unit), -1);
    const centred = subtract(tape, onUnit, meanOver(tape, onUnit, -1));
    return [
      multiply(tape, inverse, subtract(tape, centred, multiply(tape, unit, along))),
      sumOverRows(tape, multiply(tape, g, unit), gain),
      sumOverRows(tape, g, bias),
    ];
  });
  return y;
}

/** x / √(mean square + ε), and ∘ gain where there is one, over the last axis (Zhang and Sennrich, 2019). */
export function rmsNormalization(tape: Tape, x: Value, gain?: Value): Value {
  const { inverse, unit, y } = tape.paused(() => {
    const statistics = [...x.shape.slice(0, -1), 1];
    const power = tape.graph.emit("Add", [meanOver(tape, multiply(tape, x, x), -1), tape.graph.scalar(EPSILON)], statistics);
    const root = tape.graph.emit("Reciprocal", [tape.graph.emit("Sqrt", [power], statistics)], statistics);
    const normalized = multiply(tape, x, root);
    return { inverse: root, unit: normalized, y: gain === undefined ? normalized : multiply(tape, normalized, gain) };
  });
  tape.record(gain === undefined ? [x] : [x, gain], [y], ([gradient]) => {
    const g = must(gradient);
    const onUnit = gain === undefined ? g : multiply(tape, g, gain);
    const along = meanOver(tape, multiply(tape, onUnit, unit), -1);
    const dx = multiply(tape, inverse, subtract(tape, onUnit, multiply(tape, unit, along)));
    return gain === undefined ? [dx] : [dx, sumOverRows(tape, multiply(tape, g, unit), gain)];
  });
  return y;
}

function sumOverRows(tape: Tape, gradient: Value, parameter: Value): Value {
  const axes = gradient.shape.slice(0, -1).map((_: Dimension, axis) => axis);
  return tape.graph.emit("ReduceSum", [gradient, tape.graph.integers(axes)], parameter.shape, { keepdims: 0 });
}
