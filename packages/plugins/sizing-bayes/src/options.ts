import { z } from "zod";

export const bayesOptions = z.strictObject({
  initialPoints: z
    .int()
    .min(2)
    .optional()
    .describe(
      "Points of a Latin hypercube before the first model and after each restart. Default: the number of variables, between 8 and 30.",
    ),
  trainingPoints: z
    .int()
    .min(10)
    .max(400)
    .default(100)
    .describe("Points that the model is fitted to, the nearest to the trust region's centre; time grows with their cube."),
  candidates: z.int().min(10).default(200).describe("Points of the trust region among which the next are chosen."),
  refitEvery: z.int().min(1).default(32).describe("Most evaluations between two fits of the models' length scales."),
});

export type BayesOptions = z.output<typeof bayesOptions>;
