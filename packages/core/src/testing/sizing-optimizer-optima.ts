import type { Evaluation, SizingOptimizer } from "../contracts/sizing-optimizer.js";
import { createRng } from "../runtime/rng.js";
import { compareEvaluations } from "../sizing/evaluation-order.js";
import { promise, type ConformanceCheck } from "./conformance-check.js";
import { evaluateAt, g04, g06, g08, rastrigin, rosenbrock, zdt1, type TestProblem } from "./optimization-problems.js";
import { bestOf, described, drive } from "./optimization-run.js";

/** Reach `optimum + tolerance` with no violation in `budget` evaluations, in the median of five seeds. */
export interface OptimumToReach {
  readonly problem: TestProblem;
  readonly budget: number;
  readonly tolerance: number;
}

/** What a global optimizer without gradients is expected to reach. */
export const publishedOptima: readonly OptimumToReach[] = [
  { problem: rastrigin(5), budget: 10_000, tolerance: 1e-2 },
  { problem: rosenbrock(2), budget: 10_000, tolerance: 1e-3 },
  { problem: g04, budget: 10_000, tolerance: 30 },
  { problem: g06, budget: 20_000, tolerance: 7 },
  { problem: g08, budget: 5_000, tolerance: 1e-6 },
];

const SEEDS = [1, 2, 3, 4, 5];

function randomSearch(problem: TestProblem, budget: number, seed: number): Evaluation {
  const rng = createRng(`random search ${seed}`);
  const draw = (id: number): Evaluation =>
    evaluateAt(
      problem,
      id,
      Float64Array.from({ length: problem.dimensions }, () => rng.uniform()),
    );
  return Array.from({ length: budget }, (_, id) => draw(id)).reduce((best, next) =>
    compareEvaluations(next, best) < 0 ? next : best,
  );
}

export function beatsRandomOn(create: () => SizingOptimizer, problem: TestProblem, budget: number): ConformanceCheck {
  return {
    name: `beats random search on ${problem.name} with ${budget} evaluations in at least four seeds of five`,
    run: () => {
      const won = SEEDS.filter(
        (seed) => compareEvaluations(bestOf(create, problem, budget, seed), randomSearch(problem, budget, seed)) < 0,
      );
      promise(won.length >= 4, `it won with seeds ${won.join(", ") || "none"} of ${SEEDS.join(", ")}`);
    },
  };
}

export function reaches(create: () => SizingOptimizer, { problem, budget, tolerance }: OptimumToReach): ConformanceCheck {
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

/** Inverted generational distance: mean distance from the published front to the nearest point found. */
export function reachesFront(create: () => SizingOptimizer): ConformanceCheck {
  const problem = zdt1(10);
  const budget = 10_000;
  const tolerance = 0.02;
  return {
    name: `reaches the published front of ${problem.name} within ${tolerance} in ${budget} evaluations (median of five seeds)`,
    run: () => {
      const distances = SEEDS.map((seed) => {
        const found: (readonly number[])[] = [];
        drive(create().start(described(problem, budget), createRng(seed)), problem, budget, [20], (candidates) =>
          found.push(...candidates.map(({ id, x }) => evaluateAt(problem, id, x).objectives)),
        );
        const front = Array.from({ length: 101 }, (_, index) => [index / 100, 1 - Math.sqrt(index / 100)] as const);
        const nearest = front.map(([a, b]) => Math.min(...found.map(([c = 0, d = 0]) => Math.hypot(a - c, b - d))));
        return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length;
      }).sort((a, b) => a - b);
      promise(
        (distances[2] ?? Infinity) <= tolerance,
        `distances: ${distances.map((distance) => distance.toPrecision(3)).join(", ")}`,
      );
    },
  };
}
