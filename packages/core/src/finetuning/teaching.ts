import type { WeightsOf } from "../language-model/packing.js";
import type { Documents } from "../language-model/training-batches.js";

/** What a model is trained on after a round. */
export interface Teaching {
  /** Sentences of an epoch; the same whenever it is called with the same one. */
  readonly documents: (epoch: number) => Documents;
  readonly weightsOf?: WeightsOf;
  /** Of all that decides what is taught. */
  readonly hash: string;
  /** Circuits, or sentences, to learn from. */
  readonly lessons: number;
  /** Kullback-Leibler divergence of the model from the first one, nats a sentence; of a policy gradient. */
  readonly divergence?: number;
}
