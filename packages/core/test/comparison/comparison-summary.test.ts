import { describe, expect, it } from "vitest";
import type { CircuitFamily } from "../../src/contracts/circuit-family.js";
import { comparisonSchema } from "../../src/comparison/comparison-config.js";
import { comparisonSummaryJson } from "../../src/comparison/comparison-summary-json.js";
import { summarise } from "../../src/comparison/comparison-summary.js";
import type { Trial } from "../../src/comparison/trial.js";

const config = comparisonSchema.parse({
  simulations: 100,
  repeats: 3,
  optimizers: { slow: { optimizer: "ga" }, fast: { optimizer: "cmaes" }, lost: { optimizer: "random" } },
  problems: { one: { family: "opamp", seed: "opamp-1" } },
});
const family = { name: "opamp", figureOfMerit: { name: "FoM", unit: "", better: "higher" } } as CircuitFamily;

/** A trial that comes to the specification with `steps[0]`, its figure of merit rising at each step. */
function trial(optimizer: string, repeat: number, steps: readonly (readonly [simulations: number, figure: number])[]): Trial {
  const progress = steps.map(([simulations, figureOfMerit]) => ({
    simulations,
    figureOfMerit,
    violation: 0,
    functional: true,
    onSpec: true,
  }));
  const last = progress.at(-1);
  const found = last ?? { functional: false, onSpec: false, violation: Number.MAX_VALUE };
  return { problem: "one", optimizer, repeat, failedSimulations: 0, progress, ...found, simulations: 100 };
}

const trials = [
  trial("slow", 1, [
    [40, 5],
    [90, 10],
  ]),
  trial("slow", 2, [
    [50, 6],
    [95, 11],
  ]),
  trial("slow", 3, [
    [60, 7],
    [99, 12],
  ]),
  trial("fast", 1, [
    [10, 11],
    [20, 20],
  ]),
  trial("fast", 2, [
    [11, 11],
    [22, 21],
  ]),
  trial("fast", 3, []),
  trial("lost", 1, []),
  trial("lost", 2, []),
  trial("lost", 3, [[80, 1]]),
];

describe("summary of a comparison", () => {
  const summary = summarise(config, [{ name: "one", family, circuit: "opamp-1", variables: 9 }], trials);
  const [slow, fast, lost] = summary.problems[0]?.optimizers ?? [];

  it("sets the others beside the first optimizer", () => {
    expect(summary.baseline).toBe("slow");
    expect(slow?.probability).toBeUndefined();
    // Final places 10 11 12 against 20 21 and nothing: ranks of the fast are 1, 2 and 6 of 6.
    expect(fast?.probability).toBeCloseTo(0.7, 10);
  });

  it("counts the trials that found nothing as the worst, not as missing", () => {
    expect(fast).toMatchObject({ trials: 3, functional: 2, onSpec: 2 });
    expect(fast?.figureOfMerit).toEqual({ lower: -Infinity, median: 20, upper: 21 });
    expect(lost?.simulationsToSpec).toEqual({ lower: 80, median: Infinity, upper: Infinity });
  });

  it("says after how many simulations the baseline's median result was reached, and how many times fewer that is", () => {
    expect(slow?.simulationsToBaseline.median).toBe(99);
    expect(fast?.simulationsToBaseline).toEqual({ lower: 10, median: 11, upper: Infinity });
    expect(summary.optimizers.map(({ speedup }) => speedup)).toEqual([100 / 99, 100 / 11, 0]);
  });

  it("ranks by the median trial", () => {
    expect([slow, fast, lost].map((row) => row?.rank)).toEqual([2, 1, 3]);
  });

  it("draws the best so far, which counts once it is on spec", () => {
    const curve = slow?.curve ?? [];
    expect(curve.at(-1)).toEqual({
      simulations: 100,
      violation: { lower: 0, median: 0, upper: 0 },
      figureOfMerit: { lower: 10, median: 11, upper: 12 },
    });
    expect(curve.find(({ simulations }) => simulations >= 50)?.figureOfMerit.median).toBe(5);
    expect(curve[0]).toMatchObject({ violation: { median: Infinity }, figureOfMerit: { median: -Infinity } });
  });

  it("asks of the others what the baseline's own curve shows, where a second run from a cold start measured it better", () => {
    const confirmedBetter = trials.map((one) => (one.optimizer === "slow" ? { ...one, figureOfMerit: 1e6 } : one));
    const [again] = summarise(config, [{ name: "one", family, circuit: "opamp-1", variables: 9 }], confirmedBetter).problems;
    expect(again?.optimizers.map(({ simulationsToBaseline }) => simulationsToBaseline.median)).toEqual([99, 11, Infinity]);
  });

  it("is JSON in which what is never reached reads back as infinity", () => {
    const json = JSON.parse(JSON.stringify(comparisonSummaryJson(summary))) as {
      problems: { optimizers: { simulationsToSpec: { median: unknown } }[] }[];
    };
    const written = json.problems[0]?.optimizers.map(({ simulationsToSpec }) => simulationsToSpec.median);
    expect(written).toEqual([50, 11, "Infinity"]);
    expect(Number(written?.[2])).toBe(Infinity);
  });
});
