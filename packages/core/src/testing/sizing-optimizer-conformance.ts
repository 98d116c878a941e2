import { deepStrictEqual } from "node:assert/strict";
import type { Candidate, Evaluation, OptimizationProblem, SizingOptimizer, Study } from "../contracts/sizing-optimizer.js";
import { createRng } from "../runtime/rng.js";
import { compareEvaluations } from "../sizing/evaluation-order.js";
import { promise, type ConformanceCheck } from "./conformance-check.js";
import { evaluateAt, g04, g08, rastrigin, rosenbrock, type TestProblem } from "./optimization-problems.js";
import { described, drive, failEverySeventh, trace } from "./optimization-run.js";
import { beatsRandomOn, publishedOptima, reaches, reachesFront, type OptimumToReach } from "./sizing-optimizer-optima.js";

export interface SizingOptimizerConformanceOptions {
  /** Set by an optimizer that keeps a Pareto front: ZDT1's is then asked of it. */
  readonly multiObjective?: boolean;
  /** Default: {@link publishedOptima}. A baseline that promises no optimum gives an empty list. */
  readonly optima?: readonly OptimumToReach[];
  /** Whether it must do better than drawing at random. Default true; only the baseline itself says false. */
  readonly beatsRandom?: boolean;
  /** Evaluations for each comparison with random search. Default 1000. */
  readonly randomBudget?: number;
  /** Evaluations for the tests that are not about an optimum. Default 300. */
  readonly budget?: number;
}

const mixed = rastrigin(4);

/** What every sizing optimizer must do. For a plugin's own tests. */
export function sizingOptimizerConformance(
  create: () => SizingOptimizer,
  options: SizingOptimizerConformanceOptions = {},
): readonly ConformanceCheck[] {
  const { budget = 300, optima = publishedOptima, beatsRandom = true, randomBudget = 1000, multiObjective = false } = options;
  const start = (problem: OptimizationProblem, seed = 1): Study => create().start(problem, createRng(seed));
  const tests: ConformanceCheck[] = [
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
    {
      name: "goes on from its saved state as if it had never stopped, at any point, with candidates still out",
      run: () => {
        const problem = described(mixed, budget);
        const expected = trace(start(problem), mixed, budget, [4], failEverySeventh);
        for (const stop of [0, 1, 9, Math.floor(budget / 2), budget - 5]) {
          deepStrictEqual(interrupted(create, problem, mixed, budget, stop), expected, `after ${stop} evaluations`);
        }
      },
    },
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
  if (beatsRandom)
    tests.push(...[rastrigin(5), rosenbrock(5), g04].map((problem) => beatsRandomOn(create, problem, randomBudget)));
  tests.push(...optima.map((aim) => reaches(create, aim)));
  if (multiObjective) tests.push(reachesFront(create));
  return tests;
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
