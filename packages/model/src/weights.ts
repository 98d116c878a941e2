import type { HostTensor, OptimizerSettings, TrainStepResult } from "@topogenie/core";
import type { InferenceSession, Tensor } from "onnxruntime-common";

export type Feeds = Record<string, Tensor>;

/** A network's weights and AdamW's moments of them: where they are, and how a training step changes them. */
export interface Weights {
  /** Which graph `trainStep` runs. */
  readonly trainingGraph: "gradients" | "update";
  /** The weights by name, as every graph over whole sequences takes them. */
  feeds(): Feeds;
  /**
   * One step on a session of the training graph.
   * Throws `MODEL_LOSS_NOT_FINITE`, and leaves the weights as they were, when the loss or its gradient is not finite.
   * @param inputs the graph's other inputs
   * @param step from 1
   */
  trainStep(session: InferenceSession, inputs: Feeds, settings: OptimizerSettings, step: number): Promise<TrainStepResult>;
  /** Copies of the weights, and of the moments once there are any, as a model's state names them. */
  read(): Promise<Map<string, HostTensor>>;
  dispose(): Promise<void>;
}

export function scalarOf(results: InferenceSession.ReturnType, name: string): number {
  return (results[name]?.data as Float32Array)[0] ?? Number.NaN;
}
