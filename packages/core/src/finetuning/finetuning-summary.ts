import type { ResolvedConfig } from "../config/config-schema.js";
import type { Ladder } from "../verification/ladder.js";

/** What a round's attempts at one family came to. */
export interface FamilyRound {
  readonly family: string;
  readonly ladder: Ladder;
  /** Simulations allowed for each circuit; 0: function was not judged. */
  readonly simulations: number;
  readonly figureOfMerit: { readonly name: string; readonly unit: string };
  /** Median figure of merit of the functional circuits; absent when there is none. */
  readonly medianFigureOfMerit?: number;
}

/** One round: what the model wrote before it was trained on it. */
export interface FinetuningRound {
  /** 0: the model as it was. */
  readonly round: number;
  /** In the order of the config. */
  readonly families: readonly FamilyRound[];
  /** What was learnt from after this round, see {@link FinetuningSummary.method}: circuits, or sentences. Absent in the last. */
  readonly lessons?: number;
  /** Kullback-Leibler divergence of the model of this round from the first one, nats a sentence; of a policy gradient. */
  readonly divergence?: number;
}

export interface FinetuningSummary {
  readonly method: ResolvedConfig["finetune"]["method"];
  readonly from: string;
  readonly temperature: number;
  readonly seed: number;
  /** In order; the last is the result, sampled as the first. */
  readonly rounds: readonly FinetuningRound[];
  /** Folder of the resulting checkpoint, for `train.from`. */
  readonly checkpoint: string;
}
