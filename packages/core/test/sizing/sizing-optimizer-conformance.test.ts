import { describe, expect, it } from "vitest";
import type { SizingOptimizer, Study } from "../../src/contracts/sizing-optimizer.js";
import { g04, g06, g08, rastrigin, rosenbrock, zdt1, type TestProblem } from "../../src/testing/optimization-problems.js";
import { sizingOptimizerConformance } from "../../src/testing/sizing-optimizer-conformance.js";
import { randomSearch } from "./random-search.js";

describe("random search keeps every promise but the optima", () => {
  for (const { name, run } of sizingOptimizerConformance(() => randomSearch, { beatsRandom: false, optima: [] })) it(name, run);
});

/** Random search with one thing wrong. */
function broken(spoil: (study: Study, resumed: boolean) => Partial<Study>): SizingOptimizer {
  return {
    name: "broken",
    start: (problem, rng, state) => {
      const study = randomSearch.start(problem, rng, state);
      const sound: Study = {
        ask: (n) => study.ask(n),
        tell: (evaluations) => study.tell(evaluations),
        state: () => study.state(),
        get best() {
          return study.best;
        },
      };
      return Object.create(sound, Object.getOwnPropertyDescriptors(spoil(study, state !== undefined))) as Study;
    },
  };
}

async function brokenPromises(optimizer: SizingOptimizer): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of sizingOptimizerConformance(() => optimizer, { beatsRandom: false, optima: [] })) {
    try {
      await run();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

describe("a faulty optimizer is found out", () => {
  it.each([
    [
      "asks outside the unit cube",
      "unit cube",
      broken((study) => ({ ask: (n) => study.ask(n).map(({ id, x }) => ({ id, x: x.map((v) => v * 1.1) })) })),
    ],
    ["asks too much", "at most as many", broken((study) => ({ ask: (n) => study.ask(n + 1) }))],
    ["repeats an id", "its own id", broken((study) => ({ ask: (n) => study.ask(n).map(({ x }) => ({ id: 1, x })) }))],
    [
      "does not follow its seed",
      "same seed",
      broken((study) => ({ ask: (n) => study.ask(n).map(({ id, x }) => ({ id, x: x.fill(Math.random()) })) })),
    ],
    [
      "forgets on resuming",
      "as if it had never stopped",
      broken((study, resumed) => ({ ask: (n) => study.ask(n).map(({ id, x }) => ({ id, x: resumed ? x.fill(0.5) : x })) })),
    ],
    [
      "keeps the first as its best",
      "knows its best",
      broken(() => ({ best: { id: 0, x: new Float64Array(2), objectives: [0], violation: 0 } })),
    ],
    [
      "leaves out the initial points",
      "initial points",
      {
        name: "broken",
        start: (problem, rng, state) => randomSearch.start({ ...problem, initial: [] }, rng, state),
      } satisfies SizingOptimizer,
    ],
    [
      "ends at a failure",
      "evaluations fail",
      broken((study) => {
        let ended = false;
        return {
          ask: (n) => (ended ? [] : study.ask(n)),
          tell: (evaluations) => {
            ended ||= evaluations.some(({ violation }) => violation === Infinity);
            study.tell(evaluations);
          },
        };
      }),
    ],
  ])("when it %s", async (_, promise, optimizer) => {
    expect(await brokenPromises(optimizer)).toEqual(expect.arrayContaining([expect.stringContaining(promise)]));
  });

  it("when it is no better than random search", () => {
    const aims = sizingOptimizerConformance(() => randomSearch).filter(({ name }) => /beats random|published optimum/.test(name));
    expect(aims.length).toBe(8);
    const reached = aims.filter(({ run }) => {
      try {
        void run();
        return true;
      } catch {
        return false;
      }
    });
    expect(reached.map(({ name }) => name)).toEqual([]);
  });
});

describe("published test functions", () => {
  it.each<[TestProblem, readonly number[]]>([
    [rastrigin(3), [0, 0, 0]],
    [rosenbrock(4), [1, 1, 1, 1]],
    [g04, [78, 33, 29.9952560256815985, 45, 36.7758129057882073]],
    [g06, [14.095, 0.8429607892154795668]],
    [g08, [1.22797135260752599, 4.24537336612274885]],
  ])("$0.name has its optimum where it was published", (problem, x) => {
    const { objectives, violation } = problem.evaluate(x);
    expect(violation).toBeLessThan(1e-6);
    expect(Math.abs((objectives[0] ?? NaN) - problem.optimum)).toBeLessThan(1e-5 * Math.max(1, Math.abs(problem.optimum)));
  });

  it("ZDT1 has its front at the published place", () => {
    expect(zdt1(5).evaluate([0.25, 0, 0, 0, 0]).objectives).toEqual([0.25, 0.5]);
    expect(zdt1(5).evaluate([0.25, 1, 1, 1, 1]).objectives[1]).toBeCloseTo(10 * (1 - Math.sqrt(0.025)));
  });
});
