import type { GptConfig, LanguageModel, ModelBackend, OptimizerSettings, TokenBatch } from "../../contracts/model-backend.js";
import { batchOf, packDocuments } from "../../language-model/packing.js";
import type { BehaviourCheck } from "../conformance-check.js";

export type CreateBackend = () => ModelBackend | Promise<ModelBackend>;

export const config: GptConfig = { layers: 2, heads: 2, width: 16, context: 24, vocabularySize: 12, dropout: 0 };
export const modern: GptConfig = {
  ...config,
  norm: "rms",
  positions: "rotary",
  activation: "swiglu",
  qkNorm: true,
  tiedHead: true,
};
export const settings: OptimizerSettings = {
  learningRate: 1e-2,
  weightDecay: 0.1,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  clipNorm: 1,
};
export const documents = [
  [1, 3, 4, 5, 6, 7, 2],
  [1, 8, 9, 8, 9, 8, 9, 2],
  [1, 10, 11, 2],
  [1, 5, 5, 5, 6, 6, 2],
].map((tokens) => Int32Array.from(tokens));

/** Every backend gives the same numbers to this, on the same weights. */
export const TOLERANCE = 1e-4;

/** One check on a backend of its own, which is disposed of afterwards. */
export function backendCheck(
  createBackend: CreateBackend,
  name: string,
  body: (backend: ModelBackend) => Promise<void>,
): BehaviourCheck {
  return {
    name,
    run: async () => {
      const backend = await createBackend();
      try {
        await body(backend);
      } finally {
        await backend.dispose();
      }
    },
  };
}

export function packed(all: readonly Int32Array[]): TokenBatch {
  const { rows } = packDocuments(all, config.context);
  return batchOf(rows, rows.length, config.context);
}

export async function weightsOf(model: LanguageModel): Promise<number[]> {
  const { tensors } = await model.save();
  return [...tensors].filter(([name]) => !name.startsWith("adam.")).flatMap(([, { data }]) => [...data]);
}

export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let index = 0; index < a.length; index++) worst = Math.max(worst, Math.abs((a[index] as number) - (b[index] as number)));
  return worst;
}
