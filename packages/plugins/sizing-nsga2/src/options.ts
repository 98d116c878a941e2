import { z } from "zod";

export const nsga2Options = z.strictObject({
  population: z
    .int()
    .min(4)
    .optional()
    .describe("Individuals a generation. Default: the square root of the budget, between 16 and 100."),
  differentialShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe(
      "Share of children that are a parent moved by a difference of two others (as in GDE3) instead of crossed; " +
        "0 gives NSGA-II as published.",
    ),
  crossoverRate: z.number().min(0).max(1).default(0.9).describe("Probability that two parents are crossed at all."),
  crossoverEta: z
    .number()
    .positive()
    .default(15)
    .describe("Distribution index of simulated binary crossover: greater stays nearer the parents."),
  mutationRate: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Probability that a coordinate of a child is changed. Default: one coordinate a child on average."),
  mutationEta: z
    .number()
    .positive()
    .default(20)
    .describe("Distribution index of polynomial mutation: greater makes smaller changes."),
});

export type Nsga2Options = z.output<typeof nsga2Options>;
