import type { Candidate, Evaluation, OptimizationProblem, SizingOptimizer, Study } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { promise } from "../conformance-check.js";
import { evaluateAt, rastrigin, type TestProblem } from "./published-functions.js";

/** Drives the tests that are not about an optimum. */
export const mixed = rastrigin(4);

/** Evaluations for the tests that are not about an optimum. */
export function behaviourBudget(optimizer: SizingOptimizer): number {
  return optimizer.capabilities().evaluations === "hundreds" ? 100 : 300;
}

export function described(
  problem: TestProblem,
  budget: number,
  { levels }: { readonly levels?: number } = {},
): OptimizationProblem {
  return {
    dimensions: Array.from({ length: problem.dimensions }, (_, index) => ({
      name: `x${index + 1}`,
      ...(index === 0 && levels !== undefined ? { levels } : {}),
    })),
    objectives: problem.evaluate(problem.bounds.map(([minimum]) => minimum)).objectives.map((_, index) => `f${index + 1}`),
    budget,
    initial: [],
  };
}

export type Evaluate = (candidate: Candidate, problem: TestProblem) => Evaluation;
const plainly: Evaluate = ({ id, x }, problem) => evaluateAt(problem, id, x);
export const failEverySeventh: Evaluate = ({ id, x }, problem) =>
  id % 7 === 3 ? { id, x, objectives: [Infinity], violation: Infinity } : evaluateAt(problem, id, x);

export function drive(
  study: Study,
  problem: TestProblem,
  budget: number,
  portions: readonly number[],
  onAsked: (candidates: readonly Candidate[]) => void,
  evaluate: Evaluate = plainly,
): void {
  let spent = 0;
  for (let turn = 0; spent < budget; turn++) {
    const candidates = study.ask(Math.min(portions[turn % portions.length] ?? 1, budget - spent));
    promise(candidates.length > 0, `the optimizer ended after ${spent} of ${budget} evaluations`);
    spent += candidates.length;
    onAsked(candidates);
    study.tell(candidates.map((candidate) => evaluate(candidate, problem)));
  }
}

export function trace(
  study: Study,
  problem: TestProblem,
  budget: number,
  portions: readonly number[],
  evaluate?: Evaluate,
): number[][] {
  const points: number[][] = [];
  drive(study, problem, budget, portions, (candidates) => points.push(...candidates.map(({ x }) => [...x])), evaluate);
  return points;
}

/** The best after `budget` evaluations, asked for in the portions that suit the optimizer. */
export function bestOf(create: () => SizingOptimizer, problem: TestProblem, budget: number, seed: number): Evaluation {
  const optimizer = create();
  const study = optimizer.start(described(problem, budget), createRng(seed));
  drive(study, problem, budget, [optimizer.capabilities().evaluations === "hundreds" ? 5 : 16], () => undefined);
  if (study.best === undefined) throw new Error("the optimizer has no best");
  return study.best;
}
