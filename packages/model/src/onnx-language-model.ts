import type {
  HostTensor,
  LanguageModel,
  ModelState,
  OptimizerSettings,
  ResolvedGptConfig,
  TokenBatch,
  TokenSampler,
  TrainStepResult,
} from "@topogenie/core";
import {
  adamWStepOf,
  decayFactor,
  fillDropoutBytes,
  firstMoment,
  gptParameters,
  mustBeFinite,
  resolveGptConfig,
  secondMoment,
  stateMoments,
  stateTensor,
  targetWeights,
} from "@topogenie/core";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { adamWStep } from "./adamw.js";
import type { Engine } from "./engine.js";
import { runSession, tensorOver } from "./engine.js";
import { OnnxTokenSampler } from "./onnx-token-sampler.js";
import { samplingGraph } from "./sampling-graph.js";
import type { DropoutInput } from "./whole-sequence-graph.js";
import { gradientOutput, wholeSequenceGraph } from "./whole-sequence-graph.js";

/** Sessions for different batch shapes that are kept at once. */
const SESSION_LIMIT = 4;

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly tensor: Tensor;
  /** Made at the first training step. */
  training?: { readonly first: Float32Array; readonly second: Float32Array; readonly gradient: Tensor | undefined };
}

interface Compiled {
  readonly session: InferenceSession;
  readonly dropout: readonly (DropoutInput & { readonly bytes: Uint8Array; readonly tensor: Tensor })[];
}

/** A GPT whose weights and optimizer state are on the host; the graphs read and write that memory in place. */
export class OnnxLanguageModel implements LanguageModel {
  readonly config: ResolvedGptConfig;
  readonly parameterCount: number;
  readonly #engine: Engine;
  readonly #onDispose: (model: OnnxLanguageModel) => void;
  readonly #weights: readonly Weight[];
  readonly #sessions = new Map<string, Promise<Compiled>>();
  #sampling: Promise<InferenceSession> | undefined;
  #step: number;

  constructor(engine: Engine, { config, tensors, step }: ModelState, onDispose: (model: OnnxLanguageModel) => void) {
    this.#engine = engine;
    this.#onDispose = onDispose;
    this.config = resolveGptConfig(config);
    this.#step = step;
    this.#weights = gptParameters(config).map(({ name, shape }): Weight => {
      const data = stateTensor(tensors, name, shape);
      const weight = { name, shape, data, tensor: tensorOver(engine, data, shape) };
      const moments = stateMoments(tensors, weight);
      return moments === undefined ? weight : { ...weight, training: { ...moments, gradient: this.#gradientOf(weight) } };
    });
    this.parameterCount = this.#weights.reduce((sum, { data }) => sum + data.length, 0);
  }

  async trainStep(batch: TokenBatch, settings: OptimizerSettings): Promise<TrainStepResult> {
    const { session, dropout } = await this.#compiled("train", batch);
    const step = this.#step + 1;
    const feeds = this.#feeds(batch);
    const { weights } = targetWeights(batch);
    feeds.targets = tensorOver(this.#engine, batch.targets, [batch.targets.length]);
    feeds.targetWeights = tensorOver(this.#engine, weights, [weights.length]);
    for (const { name, site, bytes, tensor } of dropout) {
      fillDropoutBytes(bytes, step, site);
      feeds[name] = tensor;
    }
    const fetches: Record<string, Tensor | null> = { loss: null, gradientNorm: null };
    for (const weight of this.#weights) {
      weight.training ??= this.#untrained(weight);
      fetches[gradientOutput(weight.name)] = weight.training.gradient ?? null;
    }
    const results = await runSession(session, feeds, fetches);
    const loss = scalarOf(results, "loss");
    const gradientNorm = scalarOf(results, "gradientNorm");
    mustBeFinite({ loss, gradientNorm });
    const adamW = adamWStepOf(settings, gradientNorm, step);
    for (const { name, shape, data, training } of this.#weights) {
      if (training === undefined) continue;
      const gradient = results[gradientOutput(name)]?.data as Float32Array;
      adamWStep(data, gradient, training.first, training.second, settings, adamW, decayFactor({ shape }, settings));
    }
    this.#step = step;
    await this.#forgetSampling();
    return { loss, gradientNorm };
  }

  async evaluate(batch: TokenBatch): Promise<{ readonly loss: number; readonly targets: number }> {
    const { count, weights } = targetWeights(batch);
    const { session } = await this.#compiled("evaluate", batch);
    const feeds = this.#feeds(batch);
    feeds.targets = tensorOver(this.#engine, batch.targets, [batch.targets.length]);
    feeds.targetWeights = tensorOver(this.#engine, weights, [weights.length]);
    const results = await runSession(session, feeds, { loss: null });
    return { loss: scalarOf(results, "loss"), targets: count };
  }

  async logits(batch: TokenBatch): Promise<Float32Array> {
    const { session } = await this.#compiled("logits", batch);
    const results = await runSession(session, this.#feeds(batch), { logits: null });
    return results.logits?.data as Float32Array;
  }

  async sampler(rows: number): Promise<TokenSampler> {
    if (!Number.isInteger(rows) || rows < 1)
      throw new RangeError(`A sampler needs at least one row, and ${rows} were asked for.`);
    this.#sampling ??= this.#engine.createSession(
      samplingGraph(this.config, new Map(this.#weights.map(({ name, shape, data }) => [name, { shape, data }]))),
    );
    return new OnnxTokenSampler(this.#engine, await this.#sampling, this.config, rows);
  }

  save(): Promise<ModelState> {
    const tensors = new Map<string, HostTensor>();
    const put = (name: string, shape: readonly number[], data: Float32Array): unknown =>
      tensors.set(name, { shape, data: data.slice() });
    for (const { name, shape, data } of this.#weights) put(name, shape, data);
    for (const { name, shape, training } of this.#weights) {
      if (training === undefined) continue;
      put(firstMoment(name), shape, training.first);
      put(secondMoment(name), shape, training.second);
    }
    return Promise.resolve({ config: this.config, step: this.#step, tensors });
  }

  async dispose(): Promise<void> {
    await this.#forgetSampling();
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const compiled of sessions) await (await compiled).session.release();
    this.#onDispose(this);
  }

  /** A session for this batch's shape; the least recently used one goes when there are too many. */
  async #compiled(purpose: "train" | "evaluate" | "logits", batch: TokenBatch): Promise<Compiled> {
    const { rows, length } = batch;
    if (length > this.config.context)
      throw new RangeError(`Rows of ${length} tokens do not fit a context of ${this.config.context}.`);
    const key = `${purpose} ${rows} x ${length}`;
    const compiled = this.#sessions.get(key) ?? this.#compile(purpose, rows, length);
    this.#sessions.delete(key);
    this.#sessions.set(key, compiled);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > SESSION_LIMIT && oldest !== undefined) {
      const evicted = await this.#sessions.get(oldest);
      this.#sessions.delete(oldest);
      await evicted?.session.release();
    }
    return compiled;
  }

  async #compile(purpose: "train" | "evaluate" | "logits", rows: number, length: number): Promise<Compiled> {
    const { model, dropoutInputs } = wholeSequenceGraph(this.config, rows, length, purpose);
    const session = await this.#engine.createSession(model);
    const dropout = dropoutInputs.map((input) => {
      const bytes = new Uint8Array(Math.ceil(sizeOf(input.shape) / 4) * 4);
      return { ...input, bytes, tensor: tensorOver(this.#engine, bytes.subarray(0, sizeOf(input.shape)), input.shape) };
    });
    return { session, dropout };
  }

  #feeds({ rows, length, tokens, positions, documents }: TokenBatch): Record<string, Tensor> {
    const feeds: Record<string, Tensor> = {
      tokens: tensorOver(this.#engine, tokens, [rows * length]),
      positions: tensorOver(this.#engine, positions, [rows * length]),
      documents: tensorOver(this.#engine, documents, [rows, length]),
    };
    for (const { name, tensor } of this.#weights) feeds[name] = tensor;
    return feeds;
  }

  #untrained(weight: Weight): NonNullable<Weight["training"]> {
    const { length } = weight.data;
    return { first: new Float32Array(length), second: new Float32Array(length), gradient: this.#gradientOf(weight) };
  }

  /** Memory that the engine writes a gradient into, where it can. */
  #gradientOf({ data, shape }: Pick<Weight, "data" | "shape">): Tensor | undefined {
    return this.#engine.fillsGivenTensors ? tensorOver(this.#engine, new Float32Array(data.length), shape) : undefined;
  }

  /** The sampling graph has the weights in it: they changed. */
  async #forgetSampling(): Promise<void> {
    const sampling = this.#sampling;
    this.#sampling = undefined;
    await (await sampling)?.release();
  }
}

function scalarOf(results: InferenceSession.ReturnType, name: string): number {
  return (results[name]?.data as Float32Array)[0] ?? Number.NaN;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
