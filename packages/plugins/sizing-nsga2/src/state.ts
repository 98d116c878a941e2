import { evaluationJson, generationJson, rngJson } from "@topogenie/core";
import { z } from "zod";

/** Everything that a study is. */
export const nsga2State = z.object({
  rng: rngJson,
  number: z.int(),
  generation: generationJson,
  parents: z.array(evaluationJson),
  best: evaluationJson.nullable(),
});

export type Nsga2State = z.output<typeof nsga2State>;
