import type { GptConfig, HostTensor, OptimizerSettings, TrainStepResult } from "@topogenie/core";
import {
  adamWStepOf,
  decayFactor,
  firstMoment,
  gptParameters,
  mustBeFinite,
  secondMoment,
  stateMoments,
  stateTensor,
} from "@topogenie/core";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { adamWStep } from "./adamw.js";
import type { Engine } from "./engine.js";
import { runSession, tensorOver } from "./engine.js";
import type { Feeds, Weights } from "./weights.js";
import { scalarOf } from "./weights.js";
import { gradientOutput } from "./whole-sequence-graph.js";

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly tensor: Tensor;
  /** Made at the first training step. */
  training?: { readonly first: Float32Array; readonly second: Float32Array; readonly gradient: Tensor | undefined };
}

/** Weights in this process's memory: the graphs read them, and write their gradients, in place, and AdamW changes them there. */
export class HostWeights implements Weights {
  readonly trainingGraph = "gradients";
  readonly #engine: Engine;
  readonly #weights: readonly Weight[];

  constructor(engine: Engine, config: GptConfig, tensors: ReadonlyMap<string, HostTensor>) {
    this.#engine = engine;
    this.#weights = gptParameters(config).map(({ name, shape }): Weight => {
      const data = stateTensor(tensors, name, shape);
      const weight = { name, shape, data, tensor: tensorOver(engine, data, shape) };
      const moments = stateMoments(tensors, weight);
      return moments === undefined ? weight : { ...weight, training: { ...moments, gradient: this.#gradientOf(weight) } };
    });
  }

  feeds(): Feeds {
    return Object.fromEntries(this.#weights.map(({ name, tensor }) => [name, tensor]));
  }

  async trainStep(session: InferenceSession, inputs: Feeds, settings: OptimizerSettings, step: number): Promise<TrainStepResult> {
    const fetches: Record<string, Tensor | null> = { loss: null, gradientNorm: null };
    for (const weight of this.#weights) {
      weight.training ??= this.#untrained(weight);
      fetches[gradientOutput(weight.name)] = weight.training.gradient ?? null;
    }
    const results = await runSession(session, { ...inputs, ...this.feeds() }, fetches);
    const result = { loss: scalarOf(results, "loss"), gradientNorm: scalarOf(results, "gradientNorm") };
    mustBeFinite(result);
    const adamW = adamWStepOf(settings, result.gradientNorm, step);
    for (const { name, shape, data, training } of this.#weights) {
      if (training === undefined) continue;
      const gradient = results[gradientOutput(name)]?.data as Float32Array;
      adamWStep(data, gradient, training.first, training.second, settings, adamW, decayFactor({ shape }, settings));
    }
    return result;
  }

  read(): Promise<Map<string, HostTensor>> {
    const tensors = new Map<string, HostTensor>();
    const put = (name: string, shape: readonly number[], data: Float32Array): unknown =>
      tensors.set(name, { shape, data: data.slice() });
    for (const { name, shape, data } of this.#weights) put(name, shape, data);
    for (const { name, shape, training } of this.#weights) {
      if (training === undefined) continue;
      put(firstMoment(name), shape, training.first);
      put(secondMoment(name), shape, training.second);
    }
    return Promise.resolve(tensors);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  #untrained(weight: Weight): NonNullable<Weight["training"]> {
    const { length } = weight.data;
    return { first: new Float32Array(length), second: new Float32Array(length), gradient: this.#gradientOf(weight) };
  }

  /** Memory that the engine writes a gradient into, where it can. */
  #gradientOf({ data, shape }: Pick<Weight, "data" | "shape">): Tensor | undefined {
    return this.#engine.fillsGivenTensors ? tensorOver(this.#engine, new Float32Array(data.length), shape) : undefined;
  }
}
