import { evaluationJson, generationJson, rngJson } from "@topogenie/core";
import { z } from "zod";

/** Everything that a study is. */
export const geneticState = z.object({
  rng: rngJson,
  number: z.int(),
  generation: generationJson,
  parents: z.array(evaluationJson),
  best: evaluationJson.nullable(),
});

export type GeneticState = z.output<typeof geneticState>;
