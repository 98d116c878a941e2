import { API_VERSION, definePlugin, provide, startPopulation, type SizingOptimizer } from "@topogenie/core";
import { Nsga2Method } from "./nsga2-method.js";
import { nsga2Options, type Nsga2Options } from "./options.js";

export { nsga2Options, type Nsga2Options };

/** NSGA-II; an empty object takes every default. Throws a zod error when an option is out of range. */
export function nsga2(options: Partial<Nsga2Options> = {}): SizingOptimizer {
  const settled = nsga2Options.parse(options);
  return {
    name: "nsga2",
    capabilities: () => ({ multiObjective: true, learns: true, evaluations: "thousands" }),
    start: (problem, rng, state) => startPopulation(problem, new Nsga2Method(problem, settled), rng, state),
  };
}

/** Sizing with several objectives. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/sizing-nsga2",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "nsga2",
      description: "NSGA-II: non-dominated sorting and crowding distance, for several objectives; constraint-dominance.",
      options: nsga2Options,
      create: (options) => nsga2(options),
    }),
  ],
});
