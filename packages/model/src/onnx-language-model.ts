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
import { gptParameters, NO_TARGET, resolveGptConfig, TopogenieError } from "@topogenie/core";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { adamWStep } from "./adamw.js";
import { fillDropoutBytes } from "./dropout-bytes.js";
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
  readonly decays: boolean;
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
      const data = copyOf(tensors, name, shape);
      const weight = { name, shape, data, tensor: tensorOver(engine, data, shape), decays: shape.length > 1 };
      return tensors.has(firstMoment(name)) ? { ...weight, training: this.#trainable(weight, tensors) } : weight;
    });
    this.parameterCount = this.#weights.reduce((sum, { data }) => sum + data.length, 0);
  }

  async trainStep(batch: TokenBatch, settings: OptimizerSettings): Promise<TrainStepResult> {
    const { session, dropout } = await this.#compiled("train", batch);
    const step = this.#step + 1;
    const feeds = this.#feeds(batch);
    const { targetWeights } = targetsOf(batch);
    feeds.targets = tensorOver(this.#engine, batch.targets, [batch.targets.length]);
    feeds.targetWeights = tensorOver(this.#engine, targetWeights, [targetWeights.length]);
    dropout.forEach(({ name, bytes, tensor }, site) => {
      fillDropoutBytes(bytes, step, site);
      feeds[name] = tensor;
    });
    const fetches: Record<string, Tensor | null> = { loss: null, gradientNorm: null };
    for (const weight of this.#weights) {
      weight.training ??= this.#trainable(weight, new Map());
      fetches[gradientOutput(weight.name)] = weight.training.gradient ?? null;
    }
    const results = await runSession(session, feeds, fetches);
    const loss = scalarOf(results, "loss");
    const gradientNorm = scalarOf(results, "gradientNorm");
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      throw new TopogenieError(
        "MODEL_LOSS_NOT_FINITE",
        `the loss is ${loss} and the norm of its gradient ${gradientNorm}; the weights were left as they were.`,
      );
    }
    const clip = gradientNorm > settings.clipNorm ? settings.clipNorm / gradientNorm : 1;
    for (const { name, data, decays, training } of this.#weights) {
      if (training === undefined) continue;
      const gradient = results[gradientOutput(name)]?.data as Float32Array;
      adamWStep(data, gradient, training.first, training.second, settings, clip, decays ? settings.weightDecay : 0, step);
    }
    this.#step = step;
    await this.#forgetSampling();
    return { loss, gradientNorm };
  }

  async evaluate(batch: TokenBatch): Promise<{ readonly loss: number; readonly targets: number }> {
    const { count, targetWeights } = targetsOf(batch);
    const { session } = await this.#compiled("evaluate", batch);
    const feeds = this.#feeds(batch);
    feeds.targets = tensorOver(this.#engine, batch.targets, [batch.targets.length]);
    feeds.targetWeights = tensorOver(this.#engine, targetWeights, [targetWeights.length]);
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

  #trainable({ name, shape, data }: Weight, tensors: ReadonlyMap<string, HostTensor>): NonNullable<Weight["training"]> {
    return {
      first: tensors.has(firstMoment(name)) ? copyOf(tensors, firstMoment(name), shape) : new Float32Array(data.length),
      second: tensors.has(secondMoment(name)) ? copyOf(tensors, secondMoment(name), shape) : new Float32Array(data.length),
      gradient: this.#engine.fillsGivenTensors ? tensorOver(this.#engine, new Float32Array(data.length), shape) : undefined,
    };
  }

  /** The sampling graph has the weights in it: they changed. */
  async #forgetSampling(): Promise<void> {
    const sampling = this.#sampling;
    this.#sampling = undefined;
    await (await sampling)?.release();
  }
}

const firstMoment = (name: string): string => `adam.m.${name}`;
const secondMoment = (name: string): string => `adam.v.${name}`;

function copyOf(tensors: ReadonlyMap<string, HostTensor>, name: string, shape: readonly number[]): Float32Array {
  const tensor = tensors.get(name);
  if (tensor?.data.length !== sizeOf(shape)) {
    throw new TopogenieError(
      "MODEL_STATE_INVALID",
      `Tensor "${name}" of the model's state is ${tensor === undefined ? "missing" : tensor.shape.join(" x ")}, and ${shape.join(" x ")} is needed.`,
    );
  }
  return tensor.data.slice();
}

/** Weights that make a sum over the batch's targets their mean. */
function targetsOf({ targets }: TokenBatch): { count: number; targetWeights: Float32Array } {
  let count = 0;
  for (const target of targets) if (target !== NO_TARGET) count++;
  if (count === 0) throw new TopogenieError("MODEL_BATCH_EMPTY", "A batch has no target: there is no loss to compute.");
  return { count, targetWeights: Float32Array.from(targets, (target) => (target === NO_TARGET ? 0 : 1 / count)) };
}

function scalarOf(results: InferenceSession.ReturnType, name: string): number {
  return (results[name]?.data as Float32Array)[0] ?? Number.NaN;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
