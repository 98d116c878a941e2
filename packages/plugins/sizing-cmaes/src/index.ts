import { API_VERSION, definePlugin, provide, startGenerations, type SizingOptimizer } from "@topogenie/core";
import { CmaesMethod } from "./cmaes-method.js";
import { cmaesOptions, type CmaesOptions } from "./options.js";
import { cmaesState } from "./state.js";

export { cmaesOptions, type CmaesOptions };

/** CMA-ES; an empty object takes every default. Throws a zod error when an option is out of range. */
export function cmaes(options: Partial<CmaesOptions> = {}): SizingOptimizer {
  const settled = cmaesOptions.parse(options);
  return {
    name: "cmaes",
    capabilities: () => ({ multiObjective: false, learns: true, evaluations: "thousands" }),
    start: (problem, rng, state) =>
      startGenerations("CMA-ES", problem, rng, state, cmaesState, (saved) => new CmaesMethod(problem, settled, saved)),
  };
}

/** Covariance matrix adaptation for device sizing. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/sizing-cmaes",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "cmaes",
      description: "CMA-ES: covariance matrix adaptation with restarts (BIPOP), constraint-dominance, mirrored bounds.",
      options: cmaesOptions,
      create: (options) => cmaes(options),
    }),
  ],
});
