import { API_VERSION, definePlugin, provide, readSavedState, type SizingOptimizer } from "@topogenie/core";
import { randomOptions, type RandomOptions } from "./options.js";
import { RandomStudy } from "./random-study.js";
import { randomState } from "./state.js";

export { randomOptions, type RandomOptions };

/** Random search; an empty object takes every default. Throws a zod error when an option is out of range. */
export function randomSearch(options: Partial<RandomOptions> = {}): SizingOptimizer {
  const settled = randomOptions.parse(options);
  return {
    name: "random",
    capabilities: () => ({ multiObjective: true, learns: false, evaluations: "thousands" }),
    start: (problem, rng, state) =>
      new RandomStudy(
        problem,
        settled,
        rng,
        state === undefined ? undefined : readSavedState("Random search", randomState, state),
      ),
  };
}

/** Random search, the baseline that every other optimizer must beat. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/sizing-random",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "random",
      description: "Random search: independent uniform points, or a randomized Halton sequence. It learns nothing.",
      options: randomOptions,
      create: (options) => randomSearch(options),
    }),
  ],
});
