import type { Ladder } from "../verification/ladder.js";

/** One round: what the model wrote before it was trained on the best of it. */
export interface FinetuningRound {
  /** 0: the model as it was. */
  readonly round: number;
  readonly ladder: Ladder;
  /** Circuits to learn from after this round, those of earlier rounds included. */
  readonly lessons: number;
  /** Median figure of merit of the functional circuits; absent when there is none. */
  readonly medianFigureOfMerit?: number;
}

export interface FinetuningSummary {
  readonly family: string;
  readonly from: string;
  readonly figureOfMerit: { readonly name: string; readonly unit: string };
  /** Simulations allowed for each circuit. */
  readonly simulations: number;
  readonly temperature: number;
  readonly seed: number;
  /** In order; the last is the result, sampled exactly as the first. */
  readonly rounds: readonly FinetuningRound[];
  /** Folder of the resulting checkpoint, for `train.from`. */
  readonly checkpoint: string;
}
