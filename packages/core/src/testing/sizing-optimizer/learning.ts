import { deepStrictEqual } from "node:assert/strict";
import type { Evaluation, SizingOptimizer } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { compareEvaluations } from "../../sizing/evaluation-order.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { behaviourBudget, bestOf, described, mixed, trace } from "./optimization-run.js";
import { evaluateAt, g04, rastrigin, rosenbrock, type TestProblem } from "./published-functions.js";

const SEEDS = [1, 2, 3, 4, 5];

/** What an optimizer that learns has over drawing at random; a baseline is held to learning nothing. */
export function learning(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  const { learns, evaluations } = create().capabilities();
  const budget = evaluations === "hundreds" ? 150 : 1000;
  return learns
    ? [rastrigin(5), rosenbrock(5), g04].map((problem) => beatsRandomOn(create, problem, budget))
    : [learnsNothing(create)];
}

function learnsNothing(create: () => SizingOptimizer): BehaviourCheck {
  return {
    name: "asks the same whatever it is told, as it says",
    run: () => {
      const budget = behaviourBudget(create());
      const start = () => create().start(described(mixed, budget), createRng(1));
      const hopeless = trace(start(), mixed, budget, [5], ({ id, x }) => ({
        id,
        x,
        objectives: [Infinity],
        violation: Infinity,
      }));
      deepStrictEqual(trace(start(), mixed, budget, [5]), hopeless);
    },
  };
}

function beatsRandomOn(create: () => SizingOptimizer, problem: TestProblem, budget: number): BehaviourCheck {
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
