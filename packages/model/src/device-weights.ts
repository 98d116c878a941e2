import type { GptConfig, GptParameter, HostTensor, OptimizerSettings, TrainStepResult } from "@topogenie/core";
import { firstMoment, gptParameters, mustBeFinite, secondMoment, stateMoments, stateTensor } from "@topogenie/core";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { adamWInputs, nextOutput, stateNames } from "./adamw-graph.js";
import type { Engine } from "./engine.js";
import { runSession, tensorOver } from "./engine.js";
import { OnnxGraph } from "./onnx/graph.js";
import type { Feeds, Weights } from "./weights.js";
import { scalarOf } from "./weights.js";

const copyOf = (name: string): string => `copy.${name}`;

/**
 * Weights and moments on the device. The training graph gives them as they are after a step, and they take the place of those
 * before it without leaving the device; until the first step they are on the host.
 */
export class DeviceWeights implements Weights {
  readonly trainingGraph = "update";
  readonly #engine: Engine;
  readonly #parameters: readonly GptParameter[];
  /** By the names of a model's state. */
  readonly #tensors = new Map<string, Tensor>();
  #trained: boolean;
  #reading: Promise<InferenceSession> | undefined;

  constructor(engine: Engine, config: GptConfig, tensors: ReadonlyMap<string, HostTensor>) {
    this.#engine = engine;
    this.#parameters = gptParameters(config);
    this.#trained = false;
    for (const { name, shape } of this.#parameters) {
      const data = stateTensor(tensors, name, shape);
      const moments = stateMoments(tensors, { name, shape });
      this.#trained ||= moments !== undefined;
      this.#tensors.set(name, tensorOver(engine, data, shape));
      this.#tensors.set(firstMoment(name), tensorOver(engine, moments?.first ?? new Float32Array(data.length), shape));
      this.#tensors.set(secondMoment(name), tensorOver(engine, moments?.second ?? new Float32Array(data.length), shape));
    }
  }

  feeds(): Feeds {
    return Object.fromEntries(this.#parameters.map(({ name }) => [name, this.#tensors.get(name) as Tensor]));
  }

  async trainStep(session: InferenceSession, inputs: Feeds, settings: OptimizerSettings, step: number): Promise<TrainStepResult> {
    const feeds = { ...inputs, ...Object.fromEntries(this.#tensors) };
    for (const [name, value] of adamWInputs(settings, step)) feeds[name] = tensorOver(this.#engine, value, []);
    const names = stateNames(this.#parameters);
    const fetches: Record<string, null> = { loss: null, gradientNorm: null };
    for (const name of names) fetches[nextOutput(name)] = null;
    const results = await runSession(session, feeds, fetches);
    const result = { loss: scalarOf(results, "loss"), gradientNorm: scalarOf(results, "gradientNorm") };
    const next = names.map((name) => results[nextOutput(name)] as Tensor);
    try {
      mustBeFinite(result);
    } catch (error) {
      for (const tensor of next) tensor.dispose();
      throw error;
    }
    names.forEach((name, index) => {
      this.#tensors.get(name)?.dispose();
      this.#tensors.set(name, next[index] as Tensor);
    });
    this.#trained = true;
    return result;
  }

  /** A device's tensor cannot be read by itself: a session copies all of them, and gives its outputs on the host. */
  async read(): Promise<Map<string, HostTensor>> {
    this.#reading ??= this.#engine.createSession(this.#copyingGraph());
    const names = [...this.#tensors.keys()];
    const fetches = Object.fromEntries(names.map((name) => [copyOf(name), null]));
    const copies = await runSession(await this.#reading, Object.fromEntries(this.#tensors), fetches);
    const isMoment = new Set(this.#parameters.flatMap(({ name }) => [firstMoment(name), secondMoment(name)]));
    return new Map(
      names
        .filter((name) => this.#trained || !isMoment.has(name))
        .map((name) => {
          const { dims, data } = copies[copyOf(name)] as Tensor;
          return [name, { shape: dims, data: (data as Float32Array).slice() }];
        }),
    );
  }

  async dispose(): Promise<void> {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
    await (await this.#reading)?.release();
    this.#reading = undefined;
  }

  #copyingGraph(): Uint8Array {
    const graph = new OnnxGraph();
    for (const { name, shape } of this.#parameters) {
      for (const stated of [name, firstMoment(name), secondMoment(name)]) {
        graph.output(copyOf(stated), graph.input(stated, "float32", shape));
      }
    }
    return graph.encode();
  }
}
