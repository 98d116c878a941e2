import type { Rng } from "@topogenie/core";
import { z } from "zod";
import type { CmaesOptions } from "./options.js";

export const scheduleJson = z.object({
  /** Runs with a large population so far, the first included. */
  largeRuns: z.int(),
  largeEvaluations: z.int(),
  smallEvaluations: z.int(),
  /** Of the run under way. */
  regime: z.enum(["large", "small"]),
  population: z.int(),
  sigma: z.number(),
  /** Evaluations that the run may take. */
  limit: z.number().nullable(),
});
export type Schedule = z.output<typeof scheduleJson>;

export function firstRun(population: number, sigma: number): Schedule {
  return { largeRuns: 1, largeEvaluations: 0, smallEvaluations: 0, regime: "large", population, sigma, limit: null };
}

/**
 * The next run. `ipop`: the population doubles (Auger and Hansen, CEC 2005). `bipop`: between such runs, short ones with a
 * small population and a small first step take as many evaluations as the large ones (Hansen, GECCO 2009).
 * @param spent evaluations of the run that ends
 */
export function nextRun(
  before: Schedule,
  spent: number,
  { restarts, sigma }: Pick<CmaesOptions, "restarts" | "sigma">,
  basePopulation: number,
  rng: Rng,
): Schedule {
  const largeEvaluations = before.largeEvaluations + (before.regime === "large" ? spent : 0);
  const smallEvaluations = before.smallEvaluations + (before.regime === "small" ? spent : 0);
  const totals = { largeRuns: before.largeRuns, largeEvaluations, smallEvaluations };
  if (restarts === "bipop" && smallEvaluations < largeEvaluations) {
    const largest = 2 ** (before.largeRuns - 1);
    return {
      ...totals,
      regime: "small",
      population: Math.max(4, Math.floor(basePopulation * (0.5 * Math.max(2, largest)) ** (rng.uniform() ** 2))),
      sigma: sigma * 10 ** (-2 * rng.uniform()),
      limit: Math.max(20 * basePopulation, largeEvaluations / 2),
    };
  }
  return {
    ...totals,
    largeRuns: before.largeRuns + 1,
    regime: "large",
    population: basePopulation * 2 ** before.largeRuns,
    sigma,
    limit: null,
  };
}
