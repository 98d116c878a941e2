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
  dropoutRule,
  dropoutSite,
  firstMoment,
  gptParameters,
  mustBeFinite,
  resolveGptConfig,
  secondMoment,
  stateMoments,
  stateTensor,
  targetWeights,
} from "@topogenie/core";
import { adamWStep } from "./adamw.js";
import { attentionMasks } from "./attention-masks.js";
import { dropout, keptBytes } from "./dropout.js";
import type { Engine, Tensor } from "./engine.js";
import type { GptMode, Network } from "./gpt.js";
import { gptLogits } from "./gpt.js";
import { attention } from "./operators/attention.js";
import { crossEntropy } from "./operators/cross-entropy.js";
import type { HeadSizes } from "./operators/head-stacks.js";
import { booleanStacks, maskTensors } from "./operators/head-stacks.js";
import { rotaryTables } from "./operators/rotary.js";
import { Tape } from "./tape.js";
import { TfjsTokenSampler } from "./tfjs-token-sampler.js";

interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  weight: Tensor;
  /** Made at the first training step. */
  moments: { readonly first: Tensor; readonly second: Tensor } | undefined;
}

/** A batch's tensors. */
interface Inputs {
  readonly tokens: Tensor;
  readonly positions: Tensor;
  readonly length: number;
  readonly sizes: HeadSizes;
  readonly masks: readonly Tensor[];
}

/** A GPT whose weights and optimizer state are TensorFlow.js's tensors. */
export class TfjsLanguageModel implements LanguageModel {
  readonly config: ResolvedGptConfig;
  readonly parameterCount: number;
  readonly #engine: Engine;
  readonly #onDispose: (model: TfjsLanguageModel) => void;
  readonly #parameters: readonly Parameter[];
  readonly #network: Network;
  #step: number;

  constructor(engine: Engine, { config, tensors, step }: ModelState, onDispose: (model: TfjsLanguageModel) => void) {
    this.#engine = engine;
    this.#onDispose = onDispose;
    this.config = resolveGptConfig(config);
    this.#step = step;
    this.#parameters = gptParameters(config).map(({ name, shape }) => {
      const moments = stateMoments(tensors, { name, shape });
      return {
        name,
        shape,
        weight: engine.upload(stateTensor(tensors, name, shape), shape),
        moments: moments && { first: engine.upload(moments.first, shape), second: engine.upload(moments.second, shape) },
      };
    });
    this.parameterCount = this.#parameters.reduce((sum, { weight }) => sum + weight.size, 0);
    const byName = new Map(this.#parameters.map((parameter) => [parameter.name, parameter]));
    this.#network = {
      config: this.config,
      weight: (name) => (byName.get(name) as Parameter).weight,
      rotary: this.config.positions === "rotary" ? rotaryTables(engine, this.config) : undefined,
    };
  }

  async trainStep(batch: TokenBatch, settings: OptimizerSettings): Promise<TrainStepResult> {
    const engine = this.#engine;
    const step = this.#step + 1;
    const tape = new Tape(engine, true);
    let gradients: Tensor[] = [];
    try {
      const loss = await this.#loss(tape, batch, step);
      gradients = await tape.gradients(
        loss,
        this.#parameters.map(({ weight }) => weight),
      );
      const result = { loss: await this.#scalar(loss), gradientNorm: await this.#globalNorm(gradients) };
      mustBeFinite(result);
      const adamW = adamWStepOf(settings, result.gradientNorm, step);
      for (const [index, parameter] of this.#parameters.entries()) {
        const { shape, weight } = parameter;
        const moments = parameter.moments ?? this.#zeroMoments(shape);
        const gradient = gradients[index] as Tensor;
        const trained = adamWStep(engine, { weight, ...moments }, gradient, settings, adamW, decayFactor({ shape }, settings));
        for (const old of [weight, moments.first, moments.second, gradient]) old.dispose();
        parameter.weight = trained.weight;
        parameter.moments = trained;
        await engine.breathe();
      }
      this.#step = step;
      return result;
    } finally {
      tape.dispose();
      for (const gradient of gradients) gradient.dispose();
    }
  }

  async evaluate(batch: TokenBatch): Promise<{ readonly loss: number; readonly targets: number }> {
    const { count } = targetWeights(batch);
    return { loss: await this.#scalar(await this.#loss(new Tape(this.#engine, false), batch)), targets: count };
  }

  async logits(batch: TokenBatch): Promise<Float32Array> {
    return this.#engine.read(await this.#logits(new Tape(this.#engine, false), batch));
  }

  sampler(rows: number): Promise<TokenSampler> {
    if (!Number.isInteger(rows) || rows < 1)
      throw new RangeError(`A sampler needs at least one row, and ${rows} were asked for.`);
    return Promise.resolve(new TfjsTokenSampler(this.#engine, this.#network, rows));
  }

  async save(): Promise<ModelState> {
    const tensors = new Map<string, HostTensor>();
    const put = async (name: string, shape: readonly number[], tensor: Tensor): Promise<unknown> =>
      tensors.set(name, { shape, data: await this.#engine.read(this.#engine.tf.clone(tensor)) });
    for (const { name, shape, weight } of this.#parameters) await put(name, shape, weight);
    for (const { name, shape, moments } of this.#parameters) {
      if (moments === undefined) continue;
      await put(firstMoment(name), shape, moments.first);
      await put(secondMoment(name), shape, moments.second);
    }
    return { config: this.config, step: this.#step, tensors };
  }

  dispose(): Promise<void> {
    for (const { weight, moments } of this.#parameters) {
      weight.dispose();
      moments?.first.dispose();
      moments?.second.dispose();
    }
    for (const table of Object.values(this.#network.rotary ?? {}) as Tensor[]) table.dispose();
    this.#onDispose(this);
    return Promise.resolve();
  }

  /** Mean cross-entropy over the batch's targets; with dropout at a training step, which is given its number. */
  async #loss(tape: Tape, batch: TokenBatch, step?: number): Promise<Tensor> {
    const { tf } = this.#engine;
    const { weights } = targetWeights(batch);
    const logits = await this.#logits(tape, batch, step);
    try {
      return this.#engine.compute(() => {
        const targets = tf.tensor1d(batch.targets.slice(), "int32");
        return crossEntropy(tape, logits, targets, tf.tensor2d(weights, [weights.length, 1]));
      });
    } finally {
      logits.dispose();
    }
  }

  async #logits(tape: Tape, batch: TokenBatch, step?: number): Promise<Tensor> {
    const { length } = batch;
    if (length > this.config.context)
      throw new RangeError(`Rows of ${length} tokens do not fit a context of ${this.config.context}.`);
    const inputs = this.#inputs(batch);
    try {
      return await gptLogits(tape, this.#network, inputs, this.#mode(tape, inputs, step));
    } finally {
      for (const tensor of [inputs.tokens, inputs.positions, ...inputs.masks]) tensor.dispose();
    }
  }

  #inputs(batch: TokenBatch): Inputs {
    const engine = this.#engine;
    const { rows, length } = batch;
    const { heads, width } = this.config;
    const sizes = { rows, length, heads, headWidth: width / heads };
    return {
      tokens: engine.upload(batch.tokens.slice(), [rows * length]),
      positions: engine.upload(batch.positions.slice(), [rows * length]),
      length,
      sizes,
      masks: maskTensors(engine, attentionMasks(batch), sizes),
    };
  }

  #mode(tape: Tape, { sizes, masks }: Inputs, step: number | undefined): GptMode {
    if (step === undefined || this.config.dropout === 0) {
      return {
        attend: (_layer, heads) => attention(tape, heads, sizes, masks),
        dropout: (_layer, _place, x) => x,
      };
    }
    const { factor } = dropoutRule(this.config);
    return {
      attend: (layer, heads) => {
        const count = sizes.rows * sizes.heads * sizes.length ** 2;
        const kept = keptBytes(this.config, count, step, dropoutSite(layer, "attention"));
        return attention(tape, heads, sizes, masks, { stacks: booleanStacks(this.#engine, kept, sizes), factor });
      },
      dropout: (layer, place, x) => dropout(tape, x, keptBytes(this.config, x.size, step, dropoutSite(layer, place)), factor),
    };
  }

  #zeroMoments(shape: readonly number[]): { first: Tensor; second: Tensor } {
    const { tf } = this.#engine;
    return this.#engine.compute(() => ({ first: tf.zeros([...shape]), second: tf.zeros([...shape]) }));
  }

  #globalNorm(gradients: readonly Tensor[]): Promise<number> {
    const { tf } = this.#engine;
    const norm = this.#engine.compute(() => {
      const squares = gradients.map((gradient) => tf.sum(tf.sum(tf.square(gradient), -1)));
      return tf.sqrt(tf.addN(squares));
    });
    return this.#scalar(norm);
  }

  async #scalar(tensor: Tensor): Promise<number> {
    return (await this.#engine.read(tensor))[0] ?? Number.NaN;
  }
}
