import { evaluationJson } from "@topogenie/core";
import { z } from "zod";

/** The policy under way; null while the initial points are out. */
export const policySearchState = z
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
  .nullable();

export type PolicySearchState = z.output<typeof policySearchState>;
