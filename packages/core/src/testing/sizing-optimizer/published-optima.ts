import type { SizingCapabilities, SizingOptimizer } from "../../contracts/sizing-optimizer.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { bestOf } from "./optimization-run.js";
import { g04, g06, g08, g09, g24, rastrigin, rosenbrock, type TestProblem } from "./published-functions.js";

/** Reach `optimum + tolerance` with no violation in `budget` evaluations, in the median of five seeds. */
export interface OptimumToReach {
  readonly problem: TestProblem;
  readonly budget: number;
  readonly tolerance: number;
}

/** What a global optimizer without gradients is expected to reach, by the budgets that it is made for. */
export const publishedOptima: Readonly<Record<SizingCapabilities["evaluations"], readonly OptimumToReach[]>> = {
  hundreds: [
    { problem: rastrigin(2), budget: 200, tolerance: 1 },
    { problem: rosenbrock(2), budget: 200, tolerance: 1e-2 },
    // Random search comes to within 1180 in the median of a hundred seeds, and to within 440 in the best.
    { problem: g04, budget: 200, tolerance: 250 },
    { problem: g08, budget: 200, tolerance: 1e-3 },
    { problem: g24, budget: 200, tolerance: 2e-2 },
  ],
  thousands: [
    { problem: rastrigin(3), budget: 10_000, tolerance: 1e-2 },
    { problem: rosenbrock(2), budget: 10_000, tolerance: 1e-3 },
    { problem: g04, budget: 10_000, tolerance: 30 },
    { problem: g06, budget: 20_000, tolerance: 7 },
    { problem: g08, budget: 5_000, tolerance: 1e-6 },
    { problem: g09, budget: 20_000, tolerance: 0.7 },
    { problem: g24, budget: 5_000, tolerance: 1e-3 },
  ],
};

const SEEDS = [1, 2, 3, 4, 5];

/** The published optima within the budgets that the optimizer is made for; a baseline that does not learn promises none. */
export function reachingOptima(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  const { learns, evaluations } = create().capabilities();
  return learns ? publishedOptima[evaluations].map((aim) => reaches(create, aim)) : [];
}

function reaches(create: () => SizingOptimizer, { problem, budget, tolerance }: OptimumToReach): BehaviourCheck {
  return {
    name: `reaches the published optimum of ${problem.name} within ${tolerance} in ${budget} evaluations (median of five seeds)`,
    run: () => {
      const gaps = SEEDS.map((seed) => {
        const { violation, objectives } = bestOf(create, problem, budget, seed);
        return violation === 0 ? (objectives[0] ?? Infinity) - problem.optimum : Infinity;
      }).sort((a, b) => a - b);
      promise(
        (gaps[2] ?? Infinity) <= tolerance,
        `distances from ${problem.optimum}: ${gaps.map((gap) => gap.toPrecision(3)).join(", ")}`,
      );
    },
  };
}
