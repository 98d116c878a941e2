import { z } from "zod";

export const gaOptions = z.strictObject({
  population: z
    .int()
    .min(4)
    .optional()
    .describe("Individuals a generation. Default: 0.7 times the square root of the budget, between 12 and 100."),
  differentialShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Share of children that are a parent moved by a difference of two others instead of crossed."),
  crossoverRate: z.number().min(0).max(1).default(0.9).describe("Probability that two parents are crossed at all."),
  crossoverEta: z
    .number()
    .positive()
    .default(10)
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
    .default(10)
    .describe("Distribution index of polynomial mutation: greater makes smaller changes."),
  tournament: z.int().min(1).default(3).describe("Individuals drawn for each parent, of which the best is taken."),
  elite: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("Share of the old generation that competes with its children for a place in the next."),
  immigrants: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe("Share of each generation that is drawn at random instead of bred."),
});

export type GaOptions = z.output<typeof gaOptions>;
