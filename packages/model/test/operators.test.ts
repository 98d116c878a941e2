import { describe, it } from "vitest";
import { gelu, relu, silu, squaredRelu } from "../src/autodiff/activations.js";
import { add, multiply, negate, scale, subtract } from "../src/autodiff/arithmetic.js";
import { attention } from "../src/autodiff/attention.js";
import { crossEntropy } from "../src/autodiff/cross-entropy.js";
import { embedding } from "../src/autodiff/embedding.js";
import { concatenate, reshape, slice, split, transpose } from "../src/autodiff/layout.js";
import { linear } from "../src/autodiff/linear.js";
import { layerNormalization, rmsNormalization } from "../src/autodiff/normalization.js";
import { rotary } from "../src/autodiff/rotary.js";
import type { Tape } from "../src/autodiff/tape.js";
import type { Value } from "../src/onnx/graph.js";
import type { CheckedInput } from "./gradient-check.js";
import { checkGradients } from "./gradient-check.js";

type Build = (tape: Tape, values: Record<string, Value>) => Value;

const matrix: CheckedInput = { shape: [3, 4] };
/** Away from 0, where a rectifier has no derivative. */
const clear: CheckedInput = { shape: [2, 4], values: [-2, -1, -0.4, -0.1, 0.1, 0.6, 1, 2] };
const heads: CheckedInput = { shape: [2, 2, 3, 4] };

const cases: readonly (readonly [name: string, inputs: Record<string, CheckedInput>, build: Build])[] = [
  ["add", { a: matrix, b: matrix }, (tape, v) => add(tape, v.a as Value, v.b as Value)],
  ["add, broadcast", { a: matrix, b: { shape: [4] } }, (tape, v) => add(tape, v.a as Value, v.b as Value)],
  ["subtract, broadcast", { a: { shape: [3, 1] }, b: matrix }, (tape, v) => subtract(tape, v.a as Value, v.b as Value)],
  ["multiply", { a: matrix, b: matrix }, (tape, v) => multiply(tape, v.a as Value, v.b as Value)],
  ["multiply, broadcast", { a: matrix, b: { shape: [3, 1] } }, (tape, v) => multiply(tape, v.a as Value, v.b as Value)],
  ["multiply by itself", { a: matrix }, (tape, v) => multiply(tape, v.a as Value, v.a as Value)],
  ["scale", { a: matrix }, (tape, v) => scale(tape, v.a as Value, -2.5)],
  ["negate", { a: matrix }, (tape, v) => negate(tape, v.a as Value)],
  ["reshape", { a: matrix }, (tape, v) => reshape(tape, v.a as Value, [2, 6])],
  ["transpose", { a: { shape: [2, 3, 4] } }, (tape, v) => transpose(tape, v.a as Value, [2, 0, 1])],
  [
    "split and concatenate",
    { a: { shape: [2, 6] } },
    (tape, v) => {
      const [first, , third] = split(tape, v.a as Value, 1, 3) as [Value, Value, Value];
      return concatenate(tape, [third, multiply(tape, first, third)], 1);
    },
  ],
  ["slice", { a: { shape: [2, 5, 2] } }, (tape, v) => slice(tape, v.a as Value, 1, 1, 4)],
  ["relu", { x: clear }, (tape, v) => relu(tape, v.x as Value)],
  ["squaredRelu", { x: clear }, (tape, v) => squaredRelu(tape, v.x as Value)],
  ["gelu", { x: clear }, (tape, v) => gelu(tape, v.x as Value)],
  ["silu", { x: clear }, (tape, v) => silu(tape, v.x as Value)],
  ["linear", { x: matrix, w: { shape: [4, 5] }, b: { shape: [5] } }, (tape, v) => linear(tape, v.x as Value, v.w as Value, v.b)],
  ["linear without bias", { x: matrix, w: { shape: [4, 5] } }, (tape, v) => linear(tape, v.x as Value, v.w as Value)],
  [
    "linear, transposed",
    { x: matrix, w: { shape: [5, 4] }, b: { shape: [5] } },
    (tape, v) => linear(tape, v.x as Value, v.w as Value, v.b, true),
  ],
  [
    "layerNormalization",
    { x: matrix, gain: { shape: [4] }, bias: { shape: [4] } },
    (tape, v) => layerNormalization(tape, v.x as Value, v.gain as Value, v.bias as Value),
  ],
  ["rmsNormalization", { x: matrix, gain: { shape: [4] } }, (tape, v) => rmsNormalization(tape, v.x as Value, v.gain)],
  ["rmsNormalization without gain", { x: matrix }, (tape, v) => rmsNormalization(tape, v.x as Value)],
  [
    "embedding",
    { table: { shape: [5, 3] } },
    (tape, v) => embedding(tape, v.table as Value, tape.graph.initializer("ids", "int32", [4], Int32Array.of(2, 0, 2, 4))),
  ],
  [
    "embedding of the table's first rows",
    { table: { shape: [5, 3] } },
    (tape, v) => embedding(tape, v.table as Value, tape.graph.initializer("ids", "int32", [4], Int32Array.of(2, 0, 2, 1)), 3),
  ],
  [
    "crossEntropy",
    { logits: matrix },
    (tape, v) =>
      crossEntropy(
        tape,
        v.logits as Value,
        tape.graph.initializer("targets", "int32", [3], Int32Array.of(1, -1, 3)),
        tape.graph.initializer("targetWeights", "float32", [3], Float32Array.of(0.5, 0, 0.5)),
      ),
  ],
  ["attention", { query: heads, key: heads, value: heads }, (tape, v) => attention(tape, headsOf(v))],
  [
    "attention with mask and dropout",
    { query: heads, key: heads, value: heads },
    (tape, v) =>
      attention(tape, {
        ...headsOf(v),
        mask: tape.graph.initializer("mask", "float32", [3, 3], Float32Array.of(0, -1e9, -1e9, 0, 0, -1e9, 0, 0, 0)),
        keep: tape.graph.initializer("keep", "float32", [3, 3], Float32Array.of(1.5, 0, 0, 1.5, 0, 0, 1.5, 1.5, 1.5)),
      }),
  ],
  [
    "attention of one query over more keys",
    { query: { shape: [2, 1, 4] }, key: { shape: [2, 5, 4] }, value: { shape: [2, 5, 4] } },
    (tape, v) => attention(tape, headsOf(v)),
  ],
  [
    "rotary",
    { x: heads },
    (tape, v) => {
      const angles = Float32Array.from({ length: 12 }, (_, index) => Math.floor(index / 4) * (index % 2 === 0 ? 1 : 0.3));
      const table = (name: string, of: (angle: number) => number): Value =>
        tape.graph.initializer(name, "float32", [3, 4], angles.map(of));
      return rotary(tape, v.x as Value, table("cosine", Math.cos), table("sine", Math.sin));
    },
  ],
];

function headsOf(v: Record<string, Value>): { query: Value; key: Value; value: Value } {
  return { query: v.query as Value, key: v.key as Value, value: v.value as Value };
}

describe("the gradient of each operator agrees with finite differences", () => {
  for (const [name, inputs, build] of cases) it(name, () => checkGradients(inputs, build));
});
