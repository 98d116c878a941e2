import { initialWeights } from "../../src/language-model/gpt-parameters.js";
import type {
  GptConfig,
  LanguageModel,
  ModelBackend,
  ModelState,
  TokenBatch,
  TokenSampler,
} from "../../src/contracts/model-backend.js";
import { TopogenieError } from "../../src/runtime/error.js";

/**
 * A model that learns which token follows which, by gradient descent on a table: small enough to test the loops of training and
 * sampling with, without a tensor library. It keeps its table where a GPT keeps its head, and carries the other weights along.
 */
export class BigramBackend implements ModelBackend {
  /** Steps taken by all models. */
  steps = 0;
  /** Called before each step; may throw. */
  beforeStep: (step: number) => void = () => undefined;

  capabilities(): ReturnType<ModelBackend["capabilities"]> {
    return { engine: "bigram", version: "1", device: "cpu", threads: 1 };
  }

  create(config: GptConfig, seed: number): Promise<LanguageModel> {
    return Promise.resolve(new BigramModel(this, { config, step: 0, tensors: initialWeights(config, seed) }));
  }

  load(state: ModelState): Promise<LanguageModel> {
    return Promise.resolve(new BigramModel(this, state));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** The width of the network must be the vocabulary's size, so that the head is a table of bigrams. */
export const bigramConfig: GptConfig = { layers: 1, heads: 1, width: 8, context: 16, vocabularySize: 8, dropout: 0 };

class BigramModel implements LanguageModel {
  readonly config: GptConfig;
  readonly parameterCount = 64;
  readonly #backend: BigramBackend;
  readonly #state: ModelState;
  readonly #table: Float32Array;
  #step: number;

  constructor(backend: BigramBackend, state: ModelState) {
    this.#backend = backend;
    this.config = state.config;
    const tensors = new Map([...state.tensors].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
    this.#state = { ...state, tensors };
    this.#table = tensors.get("head")?.data ?? new Float32Array();
    this.#step = state.step;
  }

  trainStep(batch: TokenBatch, settings: { learningRate: number }): Promise<{ loss: number; gradientNorm: number }> {
    this.#backend.beforeStep(this.#step + 1);
    const { loss, gradient } = this.#differentiate(batch);
    if (!Number.isFinite(loss)) throw new TopogenieError("MODEL_LOSS_NOT_FINITE", "the loss is not finite.");
    gradient.forEach((value, index) => (this.#table[index] = (this.#table[index] ?? 0) - settings.learningRate * value));
    this.#step++;
    this.#backend.steps++;
    return Promise.resolve({ loss, gradientNorm: Math.hypot(...gradient) });
  }

  evaluate(batch: TokenBatch): Promise<{ loss: number; targets: number }> {
    return Promise.resolve(this.#differentiate(batch));
  }

  logits(batch: TokenBatch): Promise<Float32Array> {
    const size = this.config.vocabularySize;
    return Promise.resolve(
      Float32Array.from([...batch.tokens].flatMap((token) => [...this.#table.subarray(token * size, (token + 1) * size)])),
    );
  }

  sampler(rows: number): Promise<TokenSampler> {
    const size = this.config.vocabularySize;
    const table = this.#table;
    return Promise.resolve({
      get rows() {
        return rows;
      },
      step: (tokens: Int32Array) =>
        Promise.resolve(Float32Array.from([...tokens].flatMap((token) => [...table.subarray(token * size, (token + 1) * size)]))),
      keep: (kept: readonly number[]) => {
        rows = kept.length;
      },
      dispose: () => Promise.resolve(),
    });
  }

  save(): Promise<ModelState> {
    const tensors = new Map([...this.#state.tensors].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
    return Promise.resolve({ config: this.config, step: this.#step, tensors });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  #differentiate({ tokens, targets }: TokenBatch): { loss: number; targets: number; gradient: Float64Array } {
    const size = this.config.vocabularySize;
    const gradient = new Float64Array(size * size);
    let loss = 0;
    const count = targets.filter((target) => target >= 0).length;
    targets.forEach((target, place) => {
      if (target < 0) return;
      const token = tokens[place] ?? 0;
      const row = this.#table.subarray(token * size, (token + 1) * size);
      const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
      loss += (Math.log(total) - (row[target] ?? 0)) / count;
      row.forEach((logit, id) => {
        gradient[token * size + id] =
          (gradient[token * size + id] ?? 0) + (Math.exp(logit) / total - (id === target ? 1 : 0)) / count;
      });
    });
    return { loss, targets: count, gradient };
  }
}
