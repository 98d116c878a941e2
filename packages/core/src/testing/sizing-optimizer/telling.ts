import { deepStrictEqual } from "node:assert/strict";
import type { Candidate, Evaluation, OptimizationProblem, SizingOptimizer, Study } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { compareEvaluations } from "../../sizing/evaluation-order.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { behaviourBudget, described, drive, failEverySeventh, mixed, trace } from "./optimization-run.js";
import { evaluateAt, g08 } from "./published-functions.js";

/** What an optimizer makes of what it is told: any portions, failures, and which was the best. */
export function telling(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  const budget = behaviourBudget(create());
  const start = (problem: OptimizationProblem, seed = 1): Study => create().start(problem, createRng(seed));
  return [
    {
      name: "waits for evaluations rather than repeat itself, and takes any portions",
      run: () => {
        const study = start(described(mixed, budget));
        const outstanding: Candidate[] = [];
        const ids = new Set<number>();
        for (let turn = 0; ids.size < budget && turn < 10 * budget; turn++) {
          const asked = study.ask((turn % 11) + 1);
          promise(asked.length > 0 || outstanding.length > 0, "asked for nothing although nothing is being evaluated");
          for (const candidate of asked) {
            promise(!ids.has(candidate.id), `candidate ${candidate.id} was asked twice`);
            ids.add(candidate.id);
          }
          outstanding.push(...asked);
          const told = outstanding.splice(0, asked.length === 0 ? outstanding.length : (turn % 5) + 1);
          study.tell(told.map(({ id, x }) => evaluateAt(mixed, id, x)));
        }
        promise(ids.size >= budget, `only ${ids.size} of ${budget} candidates were asked`);
      },
    },
    {
      name: "goes on when evaluations fail, even all of them",
      run: () => {
        const failed = ({ id, x }: Candidate): Evaluation => ({ id, x, objectives: [Infinity], violation: Infinity });
        const hopeless = start(described(mixed, budget));
        promise(trace(hopeless, mixed, budget, [6], (candidate) => failed(candidate)).length === budget, "it ended early");
        const study = start(described(mixed, budget));
        trace(study, mixed, budget, [6], failEverySeventh);
        promise(study.best !== undefined && Number.isFinite(study.best.objectives[0]), "its best is a failure");
      },
    },
    {
      name: "knows its best: feasibility first, then the first objective",
      run: () => {
        const study = start(described(g08, budget));
        promise(start(described(g08, budget)).best === undefined, "there is a best before anything was told");
        let best: Evaluation | undefined;
        drive(study, g08, budget, [5], (candidates) => {
          for (const { id, x } of candidates) {
            const evaluation = evaluateAt(g08, id, x);
            if (best === undefined || compareEvaluations(evaluation, best) < 0) best = evaluation;
          }
        });
        deepStrictEqual([study.best?.violation, study.best?.objectives], [best?.violation, best?.objectives]);
      },
    },
  ];
}
