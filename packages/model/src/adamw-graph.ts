import type { GptParameter, OptimizerSettings } from "@topogenie/core";
import { adamWStepOf, decayFactor, firstMoment, secondMoment } from "@topogenie/core";
import { add, multiply, subtract } from "./autodiff/arithmetic.js";
import type { Tape } from "./autodiff/tape.js";
import type { Value } from "./onnx/graph.js";

/** The graph's output with a tensor of the model's state as it is after the step. */
export const nextOutput = (name: string): string => `next.${name}`;

/** Numbers of a step that the graph takes, each a scalar of its own. */
const scalarInputs = ["rate", "secondScale", "shrink", "beta1", "beta2", "epsilon", "clipNorm"] as const;

/** @param step from 1 */
export function adamWInputs(settings: OptimizerSettings, step: number): ReadonlyMap<(typeof scalarInputs)[number], Float32Array> {
  const { rate, secondScale } = adamWStepOf(settings, 0, step);
  const numbers = { ...settings, rate, secondScale, shrink: decayFactor({ shape: [1, 1] }, settings) };
  return new Map(scalarInputs.map((name) => [name, Float32Array.of(numbers[name])]));
}

/**
 * One step of AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2) as a part of the training graph. It takes the moments of
 * each weight and gives weight and moments as they are after the step.
 */
export function emitAdamW(
  tape: Tape,
  parameters: readonly GptParameter[],
  weights: readonly Value[],
  gradients: readonly Value[],
  gradientNorm: Value,
): void {
  const { graph } = tape;
  const scalar = Object.fromEntries(scalarInputs.map((name) => [name, graph.input(name, "float32", [])])) as Record<
    (typeof scalarInputs)[number],
    Value
  >;
  const one = graph.scalar(1);
  const divide = (a: Value, b: Value): Value => graph.emit("Div", [a, b], a.shape);
  const root = (x: Value): Value => graph.emit("Sqrt", [x], x.shape);
  tape.paused(() => {
    const clip = graph.emit("Min", [one, divide(scalar.clipNorm, gradientNorm)], []);
    const fresh1 = multiply(tape, subtract(tape, one, scalar.beta1), clip);
    const fresh2 = multiply(tape, multiply(tape, subtract(tape, one, scalar.beta2), clip), clip);
    parameters.forEach(({ name, shape }, index) => {
      const weight = weights[index] as Value;
      const gradient = gradients[index] as Value;
      const first = graph.input(firstMoment(name), "float32", shape);
      const second = graph.input(secondMoment(name), "float32", shape);
      const m = add(tape, multiply(tape, first, scalar.beta1), multiply(tape, gradient, fresh1));
      const v = add(tape, multiply(tape, second, scalar.beta2), multiply(tape, multiply(tape, gradient, gradient), fresh2));
      const change = divide(
        multiply(tape, m, scalar.rate),
        add(tape, root(multiply(tape, v, scalar.secondScale)), scalar.epsilon),
      );
      const shrunk = shape.length > 1 ? multiply(tape, weight, scalar.shrink) : weight;
      graph.output(nextOutput(name), subtract(tape, shrunk, change));
      graph.output(nextOutput(firstMoment(name)), m);
      graph.output(nextOutput(secondMoment(name)), v);
    });
  });
}

/** The outputs that {@link emitAdamW} makes. */
export function adamWOutputs(parameters: readonly GptParameter[]): string[] {
  return stateNames(parameters).map(nextOutput);
}

/** Weights and moments. */
export function stateNames(parameters: readonly GptParameter[]): string[] {
  return parameters.flatMap(({ name }) => [name, firstMoment(name), secondMoment(name)]);
}
