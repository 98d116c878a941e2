import type {
  LanguageModel,
  ModelState,
  OptimizerSettings,
  ResolvedGptConfig,
  TokenBatch,
  TokenSampler,
  TrainStepResult,
} from "@topogenie/core";
import { fillDropoutBytes, parameterCount, resolveGptConfig, targetWeights } from "@topogenie/core";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { DeviceWeights } from "./device-weights.js";
import type { Engine } from "./engine.js";
import { runSession, tensorOver } from "./engine.js";
import { HostWeights } from "./host-weights.js";
import { OnnxTokenSampler } from "./onnx-token-sampler.js";
import { samplingGraph } from "./sampling-graph.js";
import type { Feeds, Weights } from "./weights.js";
import { scalarOf } from "./weights.js";
import type { DropoutInput, Purpose } from "./whole-sequence-graph.js";
import { wholeSequenceGraph } from "./whole-sequence-graph.js";

/** Sessions that are kept at once: batches have two shapes at most, to train on and to evaluate, so that training compiles each once. */
const SESSION_LIMIT = 4;

interface Compiled {
  readonly session: InferenceSession;
  readonly dropout: readonly (DropoutInput & { readonly bytes: Uint8Array; readonly tensor: Tensor })[];
}

/** A GPT as sessions of onnxruntime over its weights. */
export class OnnxLanguageModel implements LanguageModel {
  readonly config: ResolvedGptConfig;
  readonly parameterCount: number;
  readonly #engine: Engine;
  readonly #onDispose: (model: OnnxLanguageModel) => void;
  readonly #weights: Weights;
  readonly #sessions = new Map<string, Promise<Compiled>>();
  #sampling: Promise<InferenceSession> | undefined;
  #step: number;

  constructor(engine: Engine, { config, tensors, step }: ModelState, onDispose: (model: OnnxLanguageModel) => void) {
    this.#engine = engine;
    this.#onDispose = onDispose;
    this.config = resolveGptConfig(config);
    this.#step = step;
    this.#weights = new (engine.keepsOnDevice ? DeviceWeights : HostWeights)(engine, config, tensors);
    this.parameterCount = parameterCount(config);
  }

  async trainStep(batch: TokenBatch, settings: OptimizerSettings): Promise<TrainStepResult> {
    const { session, dropout } = await this.#compiled(this.#weights.trainingGraph, batch);
    const step = this.#step + 1;
    const inputs = this.#inputs(batch);
    const { weights } = targetWeights(batch);
    inputs.targets = tensorOver(this.#engine, batch.targets, [batch.targets.length]);
    inputs.targetWeights = tensorOver(this.#engine, weights, [weights.length]);
    for (const { name, site, bytes, tensor } of dropout) {
      fillDropoutBytes(bytes, step, site);
      inputs[name] = tensor;
    }
    const result = await this.#weights.trainStep(session, inputs, settings, step);
    this.#step = step;
    await this.#forgetSampling();
    return result;
  }

  async evaluate(batch: TokenBatch): Promise<{ readonly loss: number; readonly targets: number }> {
    const { count, weights } = targetWeights(batch);
    const { session } = await this.#compiled("evaluate", batch);
    const feeds = { ...this.#inputs(batch), ...this.#weights.feeds() };
    feeds.targets = tensorOver(this.#engine, batch.targets, [batch.targets.length]);
    feeds.targetWeights = tensorOver(this.#engine, weights, [weights.length]);
    const results = await runSession(session, feeds, { loss: null });
    return { loss: scalarOf(results, "loss"), targets: count };
  }

  async logits(batch: TokenBatch): Promise<Float32Array> {
    const { session } = await this.#compiled("logits", batch);
    const results = await runSession(session, { ...this.#inputs(batch), ...this.#weights.feeds() }, { logits: null });
    return results.logits?.data as Float32Array;
  }

  async sampler(rows: number): Promise<TokenSampler> {
    if (!Number.isInteger(rows) || rows < 1)
      throw new RangeError(`A sampler needs at least one row, and ${rows} were asked for.`);
    this.#sampling ??= this.#weights.read().then((tensors) => this.#engine.createSession(samplingGraph(this.config, tensors)));
    return new OnnxTokenSampler(this.#engine, await this.#sampling, this.config, rows);
  }

  async save(): Promise<ModelState> {
    return { config: this.config, step: this.#step, tensors: await this.#weights.read() };
  }

  async dispose(): Promise<void> {
    await this.#forgetSampling();
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await this.#weights.dispose();
    for (const compiled of sessions) await (await compiled).session.release();
    this.#onDispose(this);
  }

  /** A session for this batch's shape; the least recently used one goes when there are too many. */
  async #compiled(purpose: Purpose, batch: TokenBatch): Promise<Compiled> {
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

  async #compile(purpose: Purpose, rows: number, length: number): Promise<Compiled> {
    const { model, dropoutInputs, deviceOutputs } = wholeSequenceGraph(this.config, rows, length, purpose);
    const session = await this.#engine.createSession(model, deviceOutputs);
    const dropout = dropoutInputs.map((input) => {
      const bytes = new Uint8Array(Math.ceil(sizeOf(input.shape) / 4) * 4);
      return { ...input, bytes, tensor: tensorOver(this.#engine, bytes.subarray(0, sizeOf(input.shape)), input.shape) };
    });
    return { session, dropout };
  }

  #inputs({ rows, length, tokens, positions, documents }: TokenBatch): Feeds {
    return {
      tokens: tensorOver(this.#engine, tokens, [rows * length]),
      positions: tensorOver(this.#engine, positions, [rows * length]),
      documents: tensorOver(this.#engine, documents, [rows, length]),
    };
  }

  /** The sampling graph has the weights in it: they changed. */
  async #forgetSampling(): Promise<void> {
    const sampling = this.#sampling;
    this.#sampling = undefined;
    await (await sampling)?.release();
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
