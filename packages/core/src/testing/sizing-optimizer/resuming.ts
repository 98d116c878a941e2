import { deepStrictEqual } from "node:assert/strict";
import type { OptimizationProblem, SizingOptimizer } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { behaviourBudget, described, failEverySeventh, mixed, trace } from "./optimization-run.js";
import type { TestProblem } from "./published-functions.js";

/** Going on from a saved state. */
export function resuming(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  const budget = behaviourBudget(create());
  return [
    {
      name: "goes on from its saved state as if it had never stopped, at any point, with candidates still out",
      run: () => {
        const problem = described(mixed, budget);
        const expected = trace(create().start(problem, createRng(1)), mixed, budget, [4], failEverySeventh);
        for (const stop of [0, 1, 9, Math.floor(budget / 2), budget - 5]) {
          deepStrictEqual(interrupted(create, problem, mixed, budget, stop), expected, `after ${stop} evaluations`);
        }
      },
    },
  ];
}

/** The same run as `trace` with portions of four, but saved and loaded through JSON once, between asking and telling. */
function interrupted(
  create: () => SizingOptimizer,
  asked: OptimizationProblem,
  problem: TestProblem,
  budget: number,
  stop: number,
): number[][] {
  let study = create().start(asked, createRng(1));
  const points: number[][] = [];
  let stopped = false;
  while (points.length < budget) {
    const candidates = study.ask(Math.min(4, budget - points.length));
    promise(candidates.length > 0, "the optimizer ended before its budget");
    points.push(...candidates.map(({ x }) => [...x]));
    if (!stopped && points.length >= stop) {
      stopped = true;
      study = create().start(asked, createRng(1), JSON.parse(JSON.stringify(study.state())) as unknown);
    }
    study.tell(candidates.map((candidate) => failEverySeventh(candidate, problem)));
  }
  return points;
}
