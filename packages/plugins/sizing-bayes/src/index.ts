import { API_VERSION, definePlugin, provide, readSavedState, restoreRng, type SizingOptimizer } from "@topogenie/core";
import { BayesStudy } from "./bayes-study.js";
import { bayesOptions, type BayesOptions } from "./options.js";
import { bayesState } from "./state.js";

export { bayesOptions, type BayesOptions };

/** Trust-region Bayesian optimization; an empty object takes every default. Throws a zod error when an option is out of range. */
export function bayes(options: Partial<BayesOptions> = {}): SizingOptimizer {
  const settled = bayesOptions.parse(options);
  return {
    name: "bayes",
    capabilities: () => ({ multiObjective: false, learns: true, evaluations: "hundreds" }),
    start: (problem, rng, state) => {
      if (state === undefined) return new BayesStudy(problem, settled, rng);
      const saved = readSavedState("Bayesian optimization", bayesState, state);
      return new BayesStudy(problem, settled, restoreRng(saved.rng), saved);
    },
  };
}

/** Bayesian optimization for device sizing. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/sizing-bayes",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "bayes",
      description:
        "Trust-region Bayesian optimization: Gaussian processes of the objective and the violation, Thompson sampling.",
      options: bayesOptions,
      create: (options) => bayes(options),
    }),
  ],
});
