import { z } from "zod";
import { historyJson } from "./convergence.js";
import { scheduleJson } from "./restart-schedule.js";
import { distributionJson } from "./search-distribution.js";

/** Everything that a study is beyond its generation. */
export const cmaesState = z.object({
  /** The generation's points before they were mirrored into the cube and moved to levels. */
  drawn: z.array(z.array(z.number())),
  run: z
    .object({ schedule: scheduleJson, distribution: distributionJson, bests: historyJson, spent: z.int() })
    .nullable()
    .describe("null while the initial points are out"),
});

export type CmaesState = z.output<typeof cmaesState>;
