import { API_VERSION, definePlugin, provide, readSavedState, restoreRng, type SizingOptimizer } from "@topogenie/core";
import { Nsga2Study } from "./nsga2-study.js";
import { nsga2Options, type Nsga2Options } from "./options.js";
import { nsga2State } from "./state.js";

export { nsga2Options, type Nsga2Options };

/** NSGA-II; an empty object takes every default. Throws a zod error when an option is out of range. */
export function nsga2(options: Partial<Nsga2Options> = {}): SizingOptimizer {
  const settled = nsga2Options.parse(options);
  return {
    name: "nsga2",
    capabilities: () => ({ multiObjective: true, learns: true, evaluations: "thousands" }),
    start: (problem, rng, state) => {
      if (state === undefined) return new Nsga2Study(problem, settled, rng);
      const saved = readSavedState("NSGA-II", nsga2State, state);
      return new Nsga2Study(problem, settled, restoreRng(saved.rng), saved);
    },
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
