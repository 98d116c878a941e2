import { deepStrictEqual } from "node:assert/strict";
import type { Candidate, OptimizationProblem, SizingOptimizer, Study } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { behaviourBudget, described, drive, mixed } from "./optimization-run.js";
import { evaluateAt } from "./published-functions.js";

/** What an optimizer asks for: in bounds, no more than wanted, the points that it was given first. */
export function asking(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  const budget = behaviourBudget(create());
  const start = (problem: OptimizationProblem, seed = 1): Study => create().start(problem, createRng(seed));
  return [
    {
      name: "asks inside the unit cube, each candidate with its own id",
      run: () => {
        const problem = described(mixed, budget, { levels: 5 });
        const seen = new Set<number>();
        drive(start(problem), mixed, budget, [7], (candidates) => {
          for (const { id, x } of candidates) {
            promise(!seen.has(id), `candidate ${id} was asked twice`);
            seen.add(id);
            promise(x.length === mixed.dimensions, `candidate ${id} has ${x.length} coordinates instead of ${mixed.dimensions}`);
            promise(
              x.every((coordinate) => coordinate >= 0 && coordinate <= 1),
              `candidate ${id} is out of bounds: ${x.join(", ")}`,
            );
          }
        });
        promise(seen.size === budget, `${seen.size} of ${budget} candidates were asked`);
      },
    },
    {
      name: "asks at most as many as wanted, and none when none are wanted",
      run: () => {
        const study = start(described(mixed, budget));
        promise(study.ask(0).length === 0, "ask(0) gave candidates");
        for (const wanted of [1, 3, 2]) {
          const asked = study.ask(wanted);
          promise(asked.length >= 1 && asked.length <= wanted, `ask(${wanted}) gave ${asked.length} candidates`);
          study.tell(asked.map((candidate) => evaluateAt(mixed, candidate.id, candidate.x)));
        }
      },
    },
    {
      name: "tries the initial points first",
      run: () => {
        const initial = [new Float64Array(mixed.dimensions).fill(0.25), new Float64Array(mixed.dimensions).fill(0.75)];
        const asked: Candidate[] = [];
        drive(start({ ...described(mixed, budget), initial }), mixed, 2, [1], (candidates) => asked.push(...candidates));
        deepStrictEqual(
          asked.map(({ x }) => [...x]),
          initial.map((x) => [...x]),
        );
      },
    },
  ];
}
