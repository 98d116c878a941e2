import { checkDeck, TopogenieError, type Simulator } from "@topogenie/core";
import { linearElements } from "./linear-network.js";
import { linearAnalyses, LinearSession } from "./linear-session.js";

/** Solves networks of linear elements by modified nodal analysis, in this process: no engine to start, nothing to converge. */
export function linearSimulator(): Simulator {
  const disposing = new AbortController();
  return {
    capabilities: () => ({
      engine: "linear",
      version: "0.1.0",
      analyses: linearAnalyses,
      elements: linearElements,
      workers: 1,
      notes: ["Whether a run ends within its timeout depends on the speed of the machine; no other result does."],
    }),
    open: async (deck) => {
      await Promise.resolve();
      disposing.signal.throwIfAborted();
      // A copy: what the caller does to its deck afterwards must not reach a session that has checked it.
      const own = structuredClone({ ...deck });
      checkDeck(own);
      return new LinearSession(own, disposing.signal);
    },
    dispose: () => {
      disposing.abort(new TopogenieError("SESSION_CLOSED", "The simulator was disposed of."));
      return Promise.resolve();
    },
  };
}
