import { z } from "zod";

export const cmaesOptions = z.strictObject({
  sigma: z.number().positive().max(1).default(0.2).describe("First standard deviation of each variable, as a part of its range."),
  population: z.int().min(4).optional().describe("Points a generation. Default: 4 + 3 ln(number of variables)."),
  active: z.boolean().default(true).describe("Whether bad points shrink the distribution in their direction (active CMA-ES)."),
  restarts: z
    .enum(["bipop", "ipop", "none"])
    .default("bipop")
    .describe(
      "When a run has converged: bipop alternates large populations with short local runs, ipop doubles the population, " +
        "none ends the optimizer.",
    ),
});

export type CmaesOptions = z.output<typeof cmaesOptions>;
