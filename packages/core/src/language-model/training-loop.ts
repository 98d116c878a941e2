import { join } from "node:path";
import type {
  GptConfig,
  HostTensor,
  LanguageModel,
  ModelBackend,
  OptimizerSettings,
  TokenBatch,
} from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import type { Logger } from "../runtime/logger.js";
import { silentLogger } from "../runtime/logger.js";
import { createRng } from "../runtime/rng.js";
import type { Checkpoint, SchemeChoice } from "./checkpoint.js";
import { loadCheckpoint } from "./checkpoint.js";
import { CheckpointSeries } from "./checkpoint-series.js";
import { gptParameters, resolveGptConfig } from "./gpt-parameters.js";
import type { LearningRateSchedule } from "./learning-rate.js";
import { learningRateAt } from "./learning-rate.js";
import { LossJournal } from "./loss-journal.js";
import { targetCount, type WeightsOf } from "./packing.js";
import type { BatchPosition, BatchShape, Documents } from "./training-batches.js";
import { trainingBatches, validationBatches } from "./training-batches.js";
import { requireFinite, trainingFailure } from "./training-failure.js";
import type { LoopState } from "./training-recipe.js";
import { recipeOf, restoreLoopState } from "./training-recipe.js";
import type { AveragingSettings } from "./weight-average.js";
import { WeightAverage } from "./weight-average.js";

export interface TrainingOptions {
  readonly backend: ModelBackend;
  readonly config: GptConfig;
  /** Begins with this model's weights instead of fresh ones; its network must be that of `config`. */
  readonly from?: Checkpoint | undefined;
  /** Every token in the order of ids, the special ones included. */
  readonly vocabulary: readonly string[];
  /** Kept in the checkpoints, as are the circuits. */
  readonly scheme?: SchemeChoice | undefined;
  readonly knownCircuits?: readonly string[] | undefined;
  /**
   * The sentences of an epoch as token ids, start and end included. Must give the same ones whenever it is called with the same
   * epoch. The next epoch is asked for while the present one is trained on, so a promise from a worker costs no time.
   */
  readonly documents: (epoch: number) => Documents | Promise<Documents>;
  /** What the targets of a sentence count, asked with the very arrays that `documents` gave; 1 each unless given. */
  readonly weightsOf?: WeightsOf | undefined;
  /** Sentences of circuits that are not trained on; may be empty. */
  readonly validation: readonly Int32Array[];
  /** Hash of the corpus and scheme: a training does not go on with other data. */
  readonly corpusHash: string;
  readonly seed: number;
  readonly batch: BatchShape;
  readonly steps: number;
  readonly schedule: LearningRateSchedule;
  readonly optimizer: Omit<OptimizerSettings, "learningRate">;
  /** Keeps a moving average of the weights, which is then what is validated and what sampling takes. Off unless given. */
  readonly averaging?: AveragingSettings | undefined;
  /** Steps between two validations; the last step is always validated. */
  readonly evaluateEvery: number;
  /** Steps between two checkpoints; one is also kept at every best validation loss, at a stop and at the end. */
  readonly checkpointEvery: number;
  /** Validations in a row without a better loss after which training ends; 0 never ends it early. */
  readonly patience: number;
  /** Checkpoints and `losses.jsonl` are kept here, and nothing else should be. */
  readonly directory: string;
  /** Goes on from the latest checkpoint if there is one; otherwise what is in the directory is deleted. */
  readonly resume: boolean;
  /** Training ends after the present step and keeps a checkpoint. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  readonly logger?: Logger | undefined;
}

export interface TrainingProgress {
  /** Steps taken, from 1. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  /** Of this step, nats a token. */
  readonly loss: number;
  /** Of the latest validation, nats a token. */
  readonly validationLoss?: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  /** Training targets a second since this run of the loop began. */
  readonly tokensPerSecond: number;
  readonly remainingMs: number;
}

export interface TrainingResult {
  readonly ended: "all-steps" | "early-stop" | "signal";
  readonly steps: number;
  readonly epochs: number;
  /** Targets trained on, over all runs of this training. */
  readonly tokens: number;
  /** Of the last step; none when there was none. */
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly bestValidationLoss?: number;
  /** Folder of the best checkpoint: by validation loss, or the last without validation. */
  readonly best: string;
  readonly latest: string;
  /** File of the loss curve; {@link readLosses} reads it. */
  readonly losses: string;
  readonly tokensPerSecond: number;
}

export const LOSSES_FILE = "losses.jsonl";

/**
 * Trains a model from the start or from the latest checkpoint. Killed at any moment and resumed, it ends with the same weights
 * as uninterrupted, bit for bit (on the same backend and number of threads).
 *
 * Throws `TRAINING_DIVERGED` when a loss or a weight is not finite and `TRAINING_OUT_OF_MEMORY` when an allocation fails (the
 * last good checkpoint is kept, and named), `TRAINING_DATA_EMPTY` when there is nothing to train on, and
 * `TRAINING_RECIPE_CHANGED` when the checkpoint to go on from was made by another recipe.
 */
export async function trainLanguageModel(options: TrainingOptions): Promise<TrainingResult> {
  const { context } = resolveGptConfig(options.config);
  if (options.batch.length > context) {
    throw new TopogenieError(
      "TRAINING_ROWS_TOO_LONG",
      `Rows of ${options.batch.length} tokens do not fit the model's context of ${context}: lower the batch's length or raise the context.`,
    );
  }
  const series = await CheckpointSeries.open(options.directory);
  if (!options.resume) await series.clear();
  let model: LanguageModel | undefined;
  try {
    const start = await startOrResume(series, options);
    model = start.model;
    const journal = await LossJournal.open(join(options.directory, LOSSES_FILE), start.step);
    return await new TrainingRun(start, series, journal, options).run();
  } catch (error) {
    throw trainingFailure(error, series.latest, options);
  } finally {
    await model?.dispose();
  }
}

/** Where a run of the loop begins. */
interface Start {
  readonly model: LanguageModel;
  readonly average: WeightAverage | undefined;
  readonly step: number;
  readonly state: LoopState;
}

async function startOrResume(series: CheckpointSeries, options: TrainingOptions): Promise<Start> {
  const { backend, averaging } = options;
  const recipe = recipeOf(options);
  const averageOf = (tensors?: Checkpoint["average"]): WeightAverage | undefined =>
    averaging === undefined ? undefined : new WeightAverage(averaging, tensors);
  if (series.latest === undefined) {
    const state = { recipe, position: { epoch: 0, batch: 0 }, tokens: 0, validationsSinceBest: 0, ended: false };
    return { model: await freshModel(options), average: averageOf(), step: 0, state };
  }
  const checkpoint = await loadCheckpoint(series.latest);
  const state = restoreLoopState(checkpoint.training, recipe, series.latest);
  const { step } = checkpoint.state;
  return { model: await backend.load(checkpoint.state), average: averageOf(checkpoint.average), step, state };
}

/** Without the optimizer's moments: a training that begins from a checkpoint is another than the one that made it. */
async function freshModel({ backend, config, seed, from }: TrainingOptions): Promise<LanguageModel> {
  if (from === undefined) return backend.create(config, seed);
  const weights = gptParameters(config).map(({ name }) => [name, from.state.tensors.get(name) as HostTensor] as const);
  return backend.load({ config, step: 0, tensors: new Map(weights) });
}

/** One run of the loop: from where a checkpoint left off to the end, a stop or an error. */
class TrainingRun {
  readonly #model: LanguageModel;
  readonly #average: WeightAverage | undefined;
  readonly #series: CheckpointSeries;
  readonly #journal: LossJournal;
  readonly #options: TrainingOptions;
  readonly #validation: readonly TokenBatch[];
  readonly #startedAt = performance.now();
  readonly #firstStep: number;
  readonly #firstTokens: number;
  #step: number;
  #state: LoopState;
  #savedStep: number | undefined;

  constructor({ model, average, step, state }: Start, series: CheckpointSeries, journal: LossJournal, options: TrainingOptions) {
    this.#model = model;
    this.#average = average;
    this.#series = series;
    this.#journal = journal;
    this.#options = options;
    this.#validation = validationBatches(options.validation, options.batch);
    this.#firstStep = this.#step = step;
    this.#firstTokens = state.tokens;
    this.#state = state;
    this.#savedStep = series.latest === undefined ? undefined : step;
  }

  async run(): Promise<TrainingResult> {
    const {
      steps,
      batch,
      seed,
      signal,
      documents,
      weightsOf,
      evaluateEvery,
      checkpointEvery,
      logger = silentLogger,
    } = this.#options;
    const rng = createRng(seed).fork("batches");
    const batches = trainingBatches(documents, batch, rng, this.#state.position, logger, weightsOf);
    while (!this.#state.ended && this.#step < steps && signal?.aborted !== true) {
      const { value } = await batches.next();
      await this.#trainOn(value.batch, value.next);
      if (this.#step % evaluateEvery === 0 || this.#step === steps) await this.#validate();
      if (this.#step % checkpointEvery === 0) await this.#save(false);
    }
    if (this.#savedStep !== this.#step) await this.#save(false);
    return this.#result();
  }

  async #trainOn(batch: TokenBatch, next: BatchPosition): Promise<void> {
    const { schedule, optimizer, steps } = this.#options;
    const learningRate = learningRateAt(schedule, this.#step, steps);
    const { loss, gradientNorm } = await this.#model.trainStep(batch, { ...optimizer, learningRate });
    this.#step++;
    if (this.#average?.isDue(this.#step) === true) this.#average.update(await this.#model.save());
    const tokens = targetCount(batch);
    const epoch = this.#state.position.epoch;
    this.#state = { ...this.#state, position: next, tokens: this.#state.tokens + tokens, loss };
    await this.#journal.append({ step: this.#step, loss, learningRate, gradientNorm, tokens });
    this.#report(epoch, loss, gradientNorm, learningRate);
  }

  /** A stop during validation gives it up: it is done again after the training is resumed. */
  async #validate(): Promise<void> {
    if (this.#validation.length === 0) return;
    const validationLoss = await this.#validationLoss();
    if (validationLoss === undefined) return;
    await this.#journal.append({ step: this.#step, validationLoss });
    const { bestValidationLoss, validationsSinceBest } = this.#state;
    const better = bestValidationLoss === undefined || validationLoss < bestValidationLoss;
    const since = better ? 0 : validationsSinceBest + 1;
    this.#state = {
      ...this.#state,
      validationLoss,
      bestValidationLoss: better ? validationLoss : bestValidationLoss,
      validationsSinceBest: since,
      ended: this.#options.patience > 0 && since >= this.#options.patience,
    };
    if (better) await this.#save(true);
  }

  /** Of the averaged weights when there are any, nats a token; undefined after a stop. */
  async #validationLoss(): Promise<number | undefined> {
    const averaged = this.#average?.tensors;
    const { backend, config, signal } = this.#options;
    const model = averaged === undefined ? this.#model : await backend.load({ config, step: this.#step, tensors: averaged });
    try {
      let sum = 0;
      let targets = 0;
      for (const batch of this.#validation) {
        if (signal?.aborted === true) return undefined;
        const part = await model.evaluate(batch);
        sum += part.loss * part.targets;
        targets += part.targets;
      }
      requireFinite(sum, "the validation loss", this.#step);
      return sum / targets;
    } finally {
      if (model !== this.#model) await model.dispose();
    }
  }

  async #save(best: boolean): Promise<void> {
    if (this.#savedStep === this.#step && !best) return;
    const { vocabulary, scheme, corpusHash, knownCircuits, from } = this.#options;
    const { loss, validationLoss, tokens } = this.#state;
    const metrics = {
      tokens,
      ...(loss === undefined ? {} : { loss }),
      ...(validationLoss === undefined ? {} : { validationLoss }),
    };
    const state = await this.#model.save();
    for (const [name, { data }] of state.tensors) for (const value of data) requireFinite(value, `"${name}"`, this.#step);
    const average = this.#average?.tensors;
    await this.#series.save(
      {
        state,
        vocabulary,
        startsWith: this.#step === 0 ? from?.startsWith : undefined,
        scheme,
        corpusHash,
        knownCircuits,
        metrics,
        training: this.#state,
        ...(average === undefined ? {} : { average }),
      },
      best || this.#validation.length === 0,
    );
    this.#savedStep = this.#step;
  }

  #report(epoch: number, loss: number, gradientNorm: number, learningRate: number): void {
    const { steps, onProgress } = this.#options;
    const elapsedMs = performance.now() - this.#startedAt;
    const { validationLoss } = this.#state;
    onProgress?.({
      step: this.#step,
      steps,
      epoch,
      loss,
      gradientNorm,
      learningRate,
      tokensPerSecond: this.#tokensPerSecond(),
      remainingMs: (elapsedMs / (this.#step - this.#firstStep)) * (steps - this.#step),
      ...(validationLoss === undefined ? {} : { validationLoss }),
    });
  }

  #tokensPerSecond(): number {
    return (this.#state.tokens - this.#firstTokens) / Math.max(1e-3, (performance.now() - this.#startedAt) / 1000);
  }

  #result(): TrainingResult {
    const { best, latest } = this.#series;
    const { loss, validationLoss, bestValidationLoss, position, tokens, ended } = this.#state;
    if (best === undefined || latest === undefined) throw new Error("A training ended without a checkpoint.");
    return {
      ended: ended ? "early-stop" : this.#step >= this.#options.steps ? "all-steps" : "signal",
      steps: this.#step,
      epochs: position.epoch,
      tokens,
      best,
      latest,
      losses: join(this.#options.directory, LOSSES_FILE),
      tokensPerSecond: this.#tokensPerSecond(),
      ...(loss === undefined ? {} : { loss }),
      ...(validationLoss === undefined ? {} : { validationLoss }),
      ...(bestValidationLoss === undefined ? {} : { bestValidationLoss }),
    };
  }
}
