import { evaluationJson, generationJson, rngJson } from "@topogenie/core";
import { z } from "zod";
import { historyJson } from "./convergence.js";
import { scheduleJson } from "./restart-schedule.js";
import { distributionJson } from "./search-distribution.js";

/** Everything that a study is. */
export const cmaesState = z.object({
  rng: rngJson,
  number: z.int(),
  generation: generationJson,
  /** The generation's points before they were mirrored into the cube and moved to levels. */
  drawn: z.array(z.array(z.number())),
  run: z
    .object({ schedule: scheduleJson, distribution: distributionJson, bests: historyJson, spent: z.int() })
    .nullable()
    .describe("null while the initial points are out"),
  ended: z.boolean(),
  best: evaluationJson.nullable(),
});

export type CmaesState = z.output<typeof cmaesState>;
