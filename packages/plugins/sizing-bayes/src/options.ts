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
    .optional()
    .describe(
      "Points that the model is fitted to, the nearest to the trust region's centre; time grows with their cube. " +
        "Default: 80 for fewer than 10 variables, else 60.",
    ),
  candidates: z
    .int()
    .min(10)
    .optional()
    .describe("Points of the trust region among which the next are chosen. Default: 200 for fewer than 10 variables, else 120."),
  batch: z
    .int()
    .min(1)
    .default(4)
    .describe("Most points chosen from one look at the model, however many are asked for: fewer learn more from each other."),
  refitEvery: z.int().min(1).default(32).describe("Most evaluations between two fits of the model's length scales."),
});

export type BayesOptions = z.output<typeof bayesOptions>;
