import type { Evaluation, SizingOptimizer, Study } from "../../src/contracts/sizing-optimizer.js";
import { compareEvaluations } from "../../src/sizing/evaluation-order.js";

/** Draws at random, each candidate from random numbers labelled by its id. */
export const randomSearch: SizingOptimizer = {
  name: "random",
  capabilities: () => ({ multiObjective: true, learns: false, evaluations: "thousands" }),
  start: (problem, rng, state): Study => {
    let { asked, best } = (state ?? { asked: 0 }) as { asked: number; best?: Evaluation };
    return {
      ask: (n) =>
        Array.from({ length: n }, () => {
          const id = asked++;
          const draw = rng.fork(id);
          return { id, x: problem.initial[id]?.slice() ?? Float64Array.from(problem.dimensions, () => draw.uniform()) };
        }),
      tell: (evaluations) => {
        for (const evaluation of evaluations) {
          if (best === undefined || compareEvaluations(evaluation, best) < 0) best = { ...evaluation, x: evaluation.x.slice() };
        }
      },
      get best() {
        return best;
      },
      state: () => ({ asked, best }),
    };
  },
};
