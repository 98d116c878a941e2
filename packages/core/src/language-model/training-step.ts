import type { OptimizerSettings, TokenBatch, TrainStepResult } from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import type { GptParameter } from "./gpt-parameters.js";
import { NO_TARGET, targetCount } from "./packing.js";

/**
 * Weights that make a sum over the batch's targets their mean: 1 / count (times the batch's own weight) where there is a target, else 0.
 * Throws `MODEL_BATCH_EMPTY` when there is none.
 */
export function targetWeights(batch: TokenBatch): { readonly count: number; readonly weights: Float32Array } {
  const count = targetCount(batch);
  if (count === 0) throw new TopogenieError("MODEL_BATCH_EMPTY", "A batch has no target: there is no loss to compute.");
  const weightOf = (place: number): number => (batch.weights?.[place] ?? 1) / count;
  return { count, weights: Float32Array.from(batch.targets, (target, place) => (target === NO_TARGET ? 0 : weightOf(place))) };
}

/** Throws `MODEL_LOSS_NOT_FINITE`: a backend calls it before it changes its weights. */
export function mustBeFinite({ loss, gradientNorm }: TrainStepResult): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  throw new TopogenieError(
    "MODEL_LOSS_NOT_FINITE",
    `the loss is ${loss} and the norm of its gradient ${gradientNorm}; the weights were left as they were.`,
  );
}

/** The numbers of one step of AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2), the same for all weights but `decay`. */
export interface AdamWStep {
  /** By which every gradient is multiplied, so that their global norm is at most `clipNorm`. */
  readonly clip: number;
  /** The learning rate with the first moment's bias taken out. */
  readonly rate: number;
  /** By which the second moment is multiplied, to take its bias out. */
  readonly secondScale: number;
}

/** @param step from 1 */
export function adamWStepOf(settings: OptimizerSettings, gradientNorm: number, step: number): AdamWStep {
  const { learningRate, beta1, beta2, clipNorm } = settings;
  return {
    clip: gradientNorm > clipNorm ? clipNorm / gradientNorm : 1,
    rate: learningRate / (1 - beta1 ** step),
    secondScale: 1 / (1 - beta2 ** step),
  };
}

/** By which a weight is multiplied before its step: matrices decay, gains and biases do not. */
export function decayFactor({ shape }: Pick<GptParameter, "shape">, settings: OptimizerSettings): number {
  return shape.length > 1 ? 1 - settings.learningRate * settings.weightDecay : 1;
}
