import { resolve } from "node:path";
import { API_VERSION, definePlugin, provide, startGenerations, type SizingOptimizer, type SizingPolicy } from "@topogenie/core";
import { CircuitPolicy } from "./circuit-policy.js";
import { rlOptions, type RlOptions } from "./options.js";
import { PolicySearch } from "./policy-search.js";
import { policySearchState } from "./state.js";

export { CircuitPolicy } from "./circuit-policy.js";
export { rlOptions, type RlOptions } from "./options.js";

/**
 * Natural policy gradient on each circuit alone; an empty object takes every default. Throws a zod error when an option is out of
 * range.
 * @param policy what was learned from other circuits
 * @param search goes on from the policy's proposals instead
 */
export function policyGradient(
  options: Partial<RlOptions> = {},
  policy?: SizingPolicy,
  search?: SizingOptimizer,
): SizingOptimizer {
  const settled = rlOptions.parse(options);
  return {
    name: "rl",
    capabilities: () => search?.capabilities() ?? { multiObjective: false, learns: true, evaluations: "thousands" },
    ...(policy === undefined ? {} : { policy }),
    start: (problem, rng, state) => {
      if (search !== undefined) return search.start(problem, rng, state);
      return startGenerations(
        "Policy search",
        problem,
        rng,
        state,
        policySearchState,
        (saved) => new PolicySearch(problem, settled, saved),
      );
    },
  };
}

/** Sizing by reinforcement learning. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/sizing-rl",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "rl",
      description:
        "Policy gradient: a GPT over sizing steps, trained across circuits (train-sizing), proposes; a Gaussian policy goes on.",
      options: rlOptions,
      create: async (options, context) => {
        const backend = () => context.use("model-backend", options.backend);
        const policy =
          options.policy === undefined
            ? CircuitPolicy.untrained(options, backend)
            : await CircuitPolicy.load(resolve(options.policy), options, backend);
        const search = options.search === undefined ? undefined : await context.use("sizing-optimizer", options.search);
        return policyGradient(options, policy, search);
      },
    }),
  ],
});
