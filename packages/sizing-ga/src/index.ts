import { API_VERSION, definePlugin, provide, startPopulation, type SizingOptimizer } from "@topogenie/core";
import { GeneticMethod } from "./genetic-method.js";
import { gaOptions, type GaOptions } from "./options.js";

export { gaOptions, type GaOptions };

/** A real-coded genetic algorithm; an empty object takes every default. Throws a zod error when an option is out of range. */
export function geneticAlgorithm(options: Partial<GaOptions> = {}): SizingOptimizer {
  const settled = gaOptions.parse(options);
  return {
    name: "ga",
    capabilities: () => ({ multiObjective: false, learns: true, evaluations: "thousands" }),
    start: (problem, rng, state) => startPopulation(problem, new GeneticMethod(problem, settled), rng, state),
  };
}

/** Genetic algorithm for device sizing. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/sizing-ga",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "ga",
      description:
        "Real-coded genetic algorithm: simulated binary crossover, polynomial mutation, constraint-dominance, elitism.",
      options: gaOptions,
      create: (options) => geneticAlgorithm(options),
    }),
  ],
});
