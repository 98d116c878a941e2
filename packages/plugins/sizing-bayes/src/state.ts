import { evaluationJson, rngJson } from "@topogenie/core";
import { z } from "zod";
import { trustRegionJson } from "./trust-region.js";

const hyperparametersJson = z.object({ logScales: z.array(z.number()), logSignal: z.number(), logNoise: z.number() });
const modelJson = z.object({ hyperparameters: hyperparametersJson, fittedAt: z.int() }).nullable();

/** Everything that a study is. */
export const bayesState = z.object({
  rng: rngJson,
  asked: z.int(),
  restarts: z.int(),
  /** Points of the design of this start that have not been asked for. */
  design: z.array(z.array(z.number())),
  /** Asked for and not yet told: the point, the start it belongs to, and its batch. */
  outstanding: z.array(z.object({ id: z.int(), x: z.array(z.number()), start: z.int(), batch: z.int() })),
  /** Batches of which some have not been told; those of designs are not counted. */
  batches: z.array(z.object({ number: z.int(), size: z.int(), left: z.int(), improved: z.boolean() })),
  /** Told since this start. */
  told: z.array(evaluationJson),
  region: trustRegionJson,
  model: modelJson,
  best: evaluationJson.nullable(),
});

export type BayesState = z.output<typeof bayesState>;
