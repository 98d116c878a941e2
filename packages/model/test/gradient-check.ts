import { createRng } from "@topogenie/core";
import * as ort from "onnxruntime-node";
import { expect } from "vitest";
import { multiply } from "../src/autodiff/arithmetic.js";
import { Tape } from "../src/autodiff/tape.js";
import type { Value } from "../src/onnx/graph.js";
import { OnnxGraph } from "../src/onnx/graph.js";

export interface CheckedInput {
  readonly shape: readonly number[];
  /** Otherwise standard normal. */
  readonly values?: readonly number[];
}

/** Half the distance between the two points of a difference. */
const STEP = 1e-2;

/**
 * Compares the gradients of Σ r ∘ f(inputs), with fixed random r, to central differences, at every element of every input.
 * @param tolerance of an element, relative to the largest gradient of its input or 1
 */
export async function checkGradients(
  inputs: Readonly<Record<string, CheckedInput>>,
  build: (tape: Tape, values: Readonly<Record<string, Value>>) => Value,
  tolerance = 5e-3,
): Promise<void> {
  const rng = createRng("gradients");
  const graph = new OnnxGraph();
  const tape = new Tape(graph);
  const values: Record<string, Value> = {};
  const data: Record<string, Float32Array> = {};
  for (const [name, { shape, values: given }] of Object.entries(inputs)) {
    values[name] = tape.watch(graph.input(name, "float32", shape));
    const own = rng.fork(name);
    data[name] = Float32Array.from({ length: sizeOf(shape) }, (_, index) => given?.[index] ?? own.normal());
  }
  const y = build(tape, values);
  const shape = y.shape.map(Number);
  const direction = Float32Array.from({ length: sizeOf(shape) }, () => rng.normal());
  const weighted = multiply(tape, y, graph.initializer("direction", "float32", shape, direction));
  const axes = graph.integers(shape.map((_, axis) => axis));
  const loss = shape.length === 0 ? weighted : graph.emit("ReduceSum", [weighted, axes], [], { keepdims: 0 });
  if (shape.length > 0)
    tape.record([weighted], [loss], ([g]) => [graph.emit("Expand", [g as Value, graph.integers(shape)], shape)]);
  graph.output("loss", loss);
  const names = Object.keys(inputs);
  tape.gradients(loss, Object.values(values)).forEach((gradient, index) => {
    expect(gradient.shape).toEqual(inputs[names[index] as string]?.shape);
    graph.output(`gradient.${names[index] ?? ""}`, gradient);
  });

  const session = await ort.InferenceSession.create(graph.encode(), { logSeverityLevel: 3 });
  const feeds = Object.fromEntries(
    names.map((name) => [name, new ort.Tensor("float32", data[name] as Float32Array, inputs[name]?.shape)]),
  );
  const analytic = await session.run(feeds);
  const lossAt = async (): Promise<number> => ((await session.run(feeds, ["loss"])).loss?.data as Float32Array)[0] as number;
  for (const name of names) {
    const own = data[name] as Float32Array;
    const gradient = (analytic[`gradient.${name}`]?.data as Float32Array).slice();
    const largest = Math.max(1, ...gradient.map(Math.abs));
    for (let index = 0; index < own.length; index++) {
      const at = own[index] as number;
      own[index] = at + STEP;
      const above = await lossAt();
      own[index] = at - STEP;
      const below = await lossAt();
      own[index] = at;
      const numeric = (above - below) / (2 * STEP);
      expect(
        Math.abs((gradient[index] as number) - numeric) / largest,
        `${name}[${index}]: ${gradient[index]} and ${numeric}`,
      ).toBeLessThan(tolerance);
    }
  }
  await session.release();
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
