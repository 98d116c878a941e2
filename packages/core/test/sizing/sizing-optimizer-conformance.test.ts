import { describe, expect, it } from "vitest";
import type { SizingCapabilities, SizingOptimizer, Study } from "../../src/contracts/sizing-optimizer.js";
import { zdt1, zdt2, zdt3 } from "../../src/testing/sizing-optimizer/multi-objective-functions.js";
import {
  g04,
  g06,
  g08,
  g09,
  g24,
  rastrigin,
  rosenbrock,
  type TestProblem,
} from "../../src/testing/sizing-optimizer/published-functions.js";
import { sizingOptimizerConformance } from "../../src/testing/sizing-optimizer-conformance.js";
import { randomSearch } from "./random-search.js";

const baseline: SizingCapabilities = { multiObjective: false, learns: false, evaluations: "hundreds" };

describe("random search keeps every promise of a baseline", () => {
  const optimizer: SizingOptimizer = { ...randomSearch, capabilities: () => baseline };
  for (const { name, run } of sizingOptimizerConformance(() => optimizer)) it(name, run);
});

/** Random search with one thing wrong. */
function broken(spoil: (study: Study, resumed: boolean) => Partial<Study>): SizingOptimizer {
  return {
    name: "broken",
    capabilities: () => baseline,
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
  for (const { name, run } of sizingOptimizerConformance(() => optimizer)) {
    try {
      await run();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

it("an optimizer that holds on to what it was told is found out", async () => {
  const told: unknown[] = [];
  const leaky = broken((study) => ({
    tell: (evaluations) => {
      // Weighs more than what compiling and collecting change in between.
      told.push(evaluations, new Array(1000).fill(0));
      study.tell(evaluations);
    },
  }));
  const [check] = sizingOptimizerConformance(() => leaky).filter(({ behaviour }) => behaviour === "endurance");
  await expect((async () => check?.run())()).rejects.toThrow(/memory grew by \d+ bytes a study/);
});

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
        capabilities: () => baseline,
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

  it("when it learns although it says that it does not", async () => {
    const learner = broken((study) => {
      let told = 0;
      return {
        ask: (n) => study.ask(n).map(({ id, x }) => ({ id, x: x.map((coordinate) => coordinate * (told === 0 ? 1 : 0.5)) })),
        tell: (evaluations) => {
          told += evaluations.filter(({ violation }) => violation === 0).length;
          study.tell(evaluations);
        },
      };
    });
    expect(await brokenPromises(learner)).toEqual(expect.arrayContaining([expect.stringContaining("whatever it is told")]));
  });

  it.each(["hundreds", "thousands"] as const)("when it is no better than random search in %s of evaluations", (evaluations) => {
    const optimizer: SizingOptimizer = {
      ...randomSearch,
      capabilities: () => ({ multiObjective: evaluations === "hundreds", learns: true, evaluations }),
    };
    const aims = sizingOptimizerConformance(() => optimizer).filter(({ name }) => /beats random|published/.test(name));
    expect(aims.length).toBeGreaterThan(9);
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
    [
      g09,
      [
        2.33049935147405174, 1.95137236847114592, -0.477541399510615805, 4.36572624923625874, -0.624486959100388983,
        1.03813099410962173, 1.5942266780671519,
      ],
    ],
    [g24, [2.32952019747762, 3.17849307411774]],
  ])("$0.name has its optimum where it was published", (problem, x) => {
    const { objectives, violation } = problem.evaluate(x);
    expect(violation).toBeLessThan(1e-6);
    expect(Math.abs((objectives[0] ?? NaN) - problem.optimum)).toBeLessThan(1e-5 * Math.max(1, Math.abs(problem.optimum)));
  });

  it("ZDT1 has its front at the published place", () => {
    expect(zdt1(5).evaluate([0.25, 0, 0, 0, 0]).objectives).toEqual([0.25, 0.5]);
    expect(zdt1(5).evaluate([0.25, 1, 1, 1, 1]).objectives[1]).toBeCloseTo(10 * (1 - Math.sqrt(0.025)));
  });

  it.each([zdt1(4), zdt2(4), zdt3(4)])("$name has a front of which no point dominates another", (problem) => {
    const { front } = problem;
    expect(front.length).toBeGreaterThan(80);
    for (const [first, second] of front) {
      expect(problem.evaluate([first, 0, 0, 0]).objectives[1]).toBeCloseTo(second, 12);
      expect(front.some(([a, b]) => a < first && b < second)).toBe(false);
    }
  });
});
