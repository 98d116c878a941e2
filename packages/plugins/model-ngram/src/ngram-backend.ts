import {
  initialWeights,
  TopogenieError,
  type BackendCapabilities,
  type GptConfig,
  type HostTensor,
  type LanguageModel,
  type ModelBackend,
  type ModelState,
  type TokenBatch,
  type TokenSampler,
} from "@topogenie/core";
import { eachTarget, NgramCounts } from "./ngram-counts.js";

const COUNTS = "ngram.counts";

/**
 * A language model that counts instead of multiplying matrices: what any network has to beat. It learns one count a target, whatever
 * the learning rate. A checkpoint holds the untrained network as well, which a checkpoint must have, so that a small `train.model`
 * keeps it small.
 */
export class NgramBackend implements ModelBackend {
  readonly #order: number;

  constructor(order: number) {
    this.#order = order;
  }

  capabilities(): BackendCapabilities {
    const engine = this.#order === 0 ? "uniform" : `${this.#order}-gram`;
    return { engine, version: "1", device: "cpu", threads: 1, network: "own" };
  }

  create(config: GptConfig, seed: number): Promise<LanguageModel> {
    return Promise.resolve(new NgramModel(this.#order, { config, step: 0, tensors: initialWeights(config, seed) }));
  }

  load(state: ModelState): Promise<LanguageModel> {
    return Promise.resolve(new NgramModel(this.#order, state));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

class NgramModel implements LanguageModel {
  readonly config: GptConfig;
  readonly #order: number;
  readonly #counts: NgramCounts;
  /** The network's weights, carried along untouched. */
  readonly #ballast: ReadonlyMap<string, HostTensor>;
  #step: number;

  constructor(order: number, { config, step, tensors }: ModelState) {
    this.config = config;
    this.#order = order;
    this.#step = step;
    this.#counts = new NgramCounts(order, config.vocabularySize);
    const counts = tensors.get(COUNTS);
    if (counts !== undefined) this.#counts.addTensor(counts);
    this.#ballast = new Map([...tensors].filter(([name]) => name !== COUNTS));
  }

  get parameterCount(): number {
    return this.#counts.size;
  }

  async trainStep(batch: TokenBatch): Promise<{ loss: number; gradientNorm: number }> {
    const { loss } = await this.evaluate(batch);
    eachTarget(batch, this.#context, (context, target) => {
      this.#counts.add(context, target);
    });
    this.#step++;
    return { loss, gradientNorm: 0 };
  }

  evaluate(batch: TokenBatch): Promise<{ loss: number; targets: number }> {
    if (batch.weights !== undefined) {
      return Promise.reject(
        new TopogenieError(
          "MODEL_WEIGHTS_UNSUPPORTED",
          "Counts know no weighted targets: a policy gradient (finetune.method) needs a network, such as train.backend: onnxruntime.",
        ),
      );
    }
    let sum = 0;
    let targets = 0;
    eachTarget(batch, this.#context, (context, target) => {
      sum -= Math.log(this.#counts.probability(context, target));
      targets++;
    });
    return Promise.resolve({ loss: sum / targets, targets });
  }

  logits({ rows, length, tokens, positions }: TokenBatch): Promise<Float32Array> {
    const size = this.config.vocabularySize;
    const logits = new Float32Array(rows * length * size);
    for (let place = 0; place < rows * length; place++) {
      const seen = Math.min(this.#context, (positions[place] as number) + 1);
      const context = [...tokens.subarray(place + 1 - seen, place + 1)];
      this.#counts.logProbabilities(context, logits.subarray(place * size, (place + 1) * size));
    }
    return Promise.resolve(logits);
  }

  sampler(rows: number): Promise<TokenSampler> {
    return Promise.resolve(new NgramSampler(this.#counts, this.#context, this.config.vocabularySize, rows));
  }

  save(): Promise<ModelState> {
    const tensors = new Map([...this.#ballast].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
    if (this.#order > 0) tensors.set(COUNTS, this.#counts.toTensor() as { shape: number[]; data: Float32Array<ArrayBuffer> });
    return Promise.resolve({ config: this.config, step: this.#step, tensors });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  get #context(): number {
    return Math.max(0, this.#order - 1);
  }
}

class NgramSampler implements TokenSampler {
  readonly #counts: NgramCounts;
  readonly #context: number;
  readonly #size: number;
  #written: (readonly number[])[];

  constructor(counts: NgramCounts, context: number, size: number, rows: number) {
    this.#counts = counts;
    this.#context = context;
    this.#size = size;
    this.#written = Array.from({ length: rows }, () => []);
  }

  get rows(): number {
    return this.#written.length;
  }

  step(tokens: Int32Array): Promise<Float32Array> {
    const logits = new Float32Array(this.rows * this.#size);
    this.#written = this.#written.map((before, row) => {
      const context = this.#context === 0 ? [] : [...before, tokens[row] as number].slice(-this.#context);
      this.#counts.logProbabilities(context, logits.subarray(row * this.#size, (row + 1) * this.#size));
      return context;
    });
    return Promise.resolve(logits);
  }

  keep(rows: readonly number[]): void {
    this.#written = rows.map((row) => this.#written[row] ?? []);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
