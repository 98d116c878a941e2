import { deepStrictEqual } from "node:assert/strict";
import type { OptimizationProblem, SizingOptimizer, Study } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { behaviourBudget, described, mixed, trace } from "./optimization-run.js";
import { evaluateAt } from "./published-functions.js";

/** The same seed asks the same, and nothing that a caller does to a candidate changes what follows. */
export function repeating(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  const budget = behaviourBudget(create());
  const start = (problem: OptimizationProblem, seed = 1): Study => create().start(problem, createRng(seed));
  return [
    {
      name: "asks the same of the same seed, and something else of another",
      run: () => {
        const first = trace(start(described(mixed, budget)), mixed, budget, [5]);
        deepStrictEqual(trace(start(described(mixed, budget)), mixed, budget, [5]), first);
        promise(
          JSON.stringify(trace(start(described(mixed, budget), 2), mixed, budget, [5])) !== JSON.stringify(first),
          "two seeds asked alike",
        );
      },
    },
    {
      name: "is not changed by what a caller does to a candidate after it was told",
      run: () => {
        const expected = trace(start(described(mixed, budget)), mixed, budget, [5]);
        const asked: number[][] = [];
        const study = start(described(mixed, budget));
        while (asked.length < budget) {
          const candidates = study.ask(Math.min(5, budget - asked.length));
          promise(candidates.length > 0, "the optimizer ended before its budget");
          asked.push(...candidates.map(({ x }) => [...x]));
          const evaluations = candidates.map(({ id, x }) => ({ ...evaluateAt(mixed, id, x.slice()), x: x.slice() }));
          study.tell(evaluations);
          for (const { x } of [...candidates, ...evaluations]) x.fill(0.5);
        }
        deepStrictEqual(asked, expected);
      },
    },
  ];
}
