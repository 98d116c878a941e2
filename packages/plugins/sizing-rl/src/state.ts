import { evaluationJson, generationJson, rngJson } from "@topogenie/core";
import { z } from "zod";

/** Everything that a study is. */
export const policySearchState = z.object({
  rng: rngJson,
  number: z.int(),
  generation: generationJson,
  run: z
    .object({
      population: z.int(),
      mean: z.array(z.number()),
      sigma: z.number(),
      factor: z.array(z.number()),
      /** Standard normal numbers of the points that are out. */
      drawn: z.array(z.array(z.number())),
      best: evaluationJson.nullable(),
      /** Generations since the run's best rose. */
      idle: z.int(),
    })
    .nullable()
    .describe("null while the initial points are out"),
  best: evaluationJson.nullable(),
});

export type PolicySearchState = z.output<typeof policySearchState>;
