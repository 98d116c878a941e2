import { evaluationJson } from "@topogenie/core";
import { z } from "zod";

export const randomState = z.object({
  /** Seed of the study's random numbers. */
  seed: z.string(),
  asked: z.int(),
  /** Ids asked for and not yet told. */
  outstanding: z.array(z.int()),
  best: evaluationJson.nullable(),
});

export type RandomState = z.output<typeof randomState>;
