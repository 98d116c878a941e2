/** The network, in full. Every backend computes exactly this, unless its capabilities say otherwise. */
export interface GptConfig {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Longest sequence, in tokens. */
  readonly context: number;
  readonly vocabularySize: number;
  /** Probability of dropping an activation in training, 0 to 1. */
  readonly dropout: number;
  /** Default `layer`: LayerNorm with gain and bias; `rms`: RMSNorm with gain. Always before a block and at the end. */
  readonly norm?: "layer" | "rms";
  /** Default `learned`; `rotary`: queries and keys are turned by their position's angles, and there is no table. */
  readonly positions?: "learned" | "rotary";
  /** Of the perceptron, 4 times as wide as the model (SwiGLU: two of 8/3 times). Default `relu`. */
  readonly activation?: "relu" | "gelu" | "squared-relu" | "swiglu";
  /** RMS-normalizes queries and keys, each head on its own, without gain. Default false. */
  readonly qkNorm?: boolean;
  /** The head is the token table transposed. Default false. */
  readonly tiedHead?: boolean;
}

/** A tensor on the host, row-major. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Weights by name; the optimizer's moments as `adam.m.NAME` and `adam.v.NAME` when they are kept. */
export interface ModelState {
  readonly config: GptConfig;
  /** Optimizer steps taken. */
  readonly step: number;
  readonly tensors: ReadonlyMap<string, HostTensor>;
}

/** `rows` sequences of `length` tokens; a row may hold several documents. All arrays have `rows * length` elements. */
export interface TokenBatch {
  readonly rows: number;
  readonly length: number;
  readonly tokens: Int32Array;
  /** The token that follows; -1 where no loss is computed. */
  readonly targets: Int32Array;
  /** Which document of its row a token belongs to: attention never crosses from one to another. */
  readonly documents: Int32Array;
  /** Position within its document, from 0. */
  readonly positions: Int32Array;
  /**
   * What each target counts in the loss, 1 unless given: the loss is the sum of weight times cross-entropy over the number of
   * targets. 0 teaches nothing, and a negative weight makes a target less likely.
   */
  readonly weights?: Float32Array;
}

/** AdamW (Loshchilov and Hutter, ICLR 2019) with gradient clipping by global norm. */
export interface OptimizerSettings {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly clipNorm: number;
}

export interface TrainStepResult {
  /** Mean (weighted) cross-entropy over the batch's targets, nats a token, before the update. */
  readonly loss: number;
  readonly gradientNorm: number;
}

/** Writes `rows` sentences at once, one token a row and a step, with cached keys and values. */
export interface TokenSampler {
  /** Sentences still being written. */
  readonly rows: number;
  /** Feeds one token a row; returns the logits of the next, `[rows, vocabularySize]`, valid until the next call. */
  step(tokens: Int32Array): Promise<Float32Array>;
  /** Keeps only these rows (indices into the present ones, ascending): finished sentences leave the batch. */
  keep(rows: readonly number[]): void;
  dispose(): Promise<void>;
}

export interface LanguageModel {
  readonly config: GptConfig;
  readonly parameterCount: number;
  /** Throws a coded error, and leaves the weights as they were, when the loss is not finite. */
  trainStep(batch: TokenBatch, settings: OptimizerSettings): Promise<TrainStepResult>;
  /** Mean loss in nats a token, without dropout, and the number of targets that it is the mean of. */
  evaluate(batch: TokenBatch): Promise<{ readonly loss: number; readonly targets: number }>;
  /** `[rows, length, vocabularySize]`, without dropout. */
  logits(batch: TokenBatch): Promise<Float32Array>;
  sampler(rows: number): Promise<TokenSampler>;
  /** A copy: later steps do not change it. */
  save(): Promise<ModelState>;
  dispose(): Promise<void>;
}

export interface BackendCapabilities {
  readonly engine: string;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
  /**
   * Default `gpt`: exactly the network of {@link GptConfig}. `own`: something else that predicts tokens, such as counts, to which
   * what is said of weights, gradients and what is learnt does not apply.
   */
  readonly network?: "gpt" | "own";
}

/** Contract: who multiplies the matrices. */
export interface ModelBackend {
  capabilities(): BackendCapabilities;
  /** Fresh weights; the same seed gives the same weights on every backend. */
  create(config: GptConfig, seed: number): Promise<LanguageModel>;
  load(state: ModelState): Promise<LanguageModel>;
  dispose(): Promise<void>;
}
