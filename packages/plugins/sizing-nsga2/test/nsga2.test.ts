import { createRng, TopogenieError, type Evaluation, type OptimizationProblem, type Study } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { crowdingDistances } from "../src/crowding-distance.js";
import plugin, { nsga2 } from "../src/index.js";
import { nonDominatedSort } from "../src/non-dominated-sort.js";

function evaluations(...judged: (readonly [objectives: number[], violation?: number])[]): Evaluation[] {
  return judged.map(([objectives, violation = 0], id) => ({ id, x: new Float64Array(0), objectives, violation }));
}

describe("non-dominated sorting", () => {
  it("peels fronts off one by one, the smaller violation before any objective", () => {
    const sorted = nonDominatedSort(
      evaluations(
        [[2, 2]],
        [[1, 3]],
        [[3, 1]],
        [[3, 3]],
        [[0, 0], 0.5],
        [[0, 9], 0.5],
        [[NaN, 0]],
        [[Infinity, Infinity], Infinity],
      ),
    );
    expect(sorted).toEqual([[0, 1, 2, 6], [3], [4], [5], [7]]);
  });

  it("keeps equals in one front", () => {
    expect(nonDominatedSort(evaluations([[1, 1]], [[1, 1]]))).toEqual([[0, 1]]);
  });
});

describe("crowding distance", () => {
  it("is infinite at the ends and else the neighbours' distance relative to the extent", () => {
    expect(crowdingDistances(evaluations([[0, 10]], [[1, 5]], [[4, 0]]))).toEqual([Infinity, 2, Infinity]);
  });

  it("is finite when an objective is infinite or all alike", () => {
    expect(crowdingDistances(evaluations([[0, Infinity]], [[0, 1]], [[0, 2]]))).toEqual([0, 0, 0]);
  });
});

const problem: OptimizationProblem = {
  dimensions: [{ name: "w" }, { name: "fingers", levels: 5 }, { name: "l" }],
  objectives: ["near", "far"],
  budget: 400,
  initial: [],
};

function asks(study: Study, portion: number, total: number): string[] {
  const asked: string[] = [];
  while (asked.length < total) {
    const candidates = study.ask(Math.min(portion, total - asked.length));
    asked.push(...candidates.map(({ x }) => x.join()));
    const square = (x: Float64Array, to: number): number => x.reduce((sum, v) => sum + (v - to) ** 2, 0);
    study.tell(candidates.map(({ id, x }) => ({ id, x, objectives: [square(x, 0.3), square(x, 0.7)], violation: 0 })));
  }
  return asked;
}

describe("NSGA-II", () => {
  it("asks the same whatever the portions, for levels that exist, and no point twice", () => {
    const [whole = [], ...others] = [100, 1, 7].map((portion) => asks(nsga2().start(problem, createRng(1)), portion, 300));
    for (const other of others) expect(other).toEqual(whole);
    for (const x of whole) expect((Number(x.split(",")[1]) * 4) % 1).toBe(0);
    expect(new Set(whole).size).toBe(300);
  });

  it("spreads over the trade-off rather than settle at either end", () => {
    const study = nsga2().start({ ...problem, dimensions: [{ name: "a" }, { name: "b" }] }, createRng(1));
    const late = asks(study, 20, 1000)
      .slice(-100)
      .map((x) => Number(x.split(",")[0]));
    for (const from of [0.3, 0.4, 0.5, 0.6]) expect(late.filter((at) => at >= from && at < from + 0.1).length).toBeGreaterThan(5);
  });

  it("goes on exactly from its saved state with several objectives", () => {
    const study = nsga2({ population: 10 }).start(problem, createRng(1));
    asks(study, 7, 155);
    const restored = nsga2({ population: 10 }).start(problem, createRng(9), JSON.parse(JSON.stringify(study.state())));
    expect(asks(restored, 7, 150)).toEqual(asks(study, 7, 150));
  });

  it("refuses a state that is not its own", () => {
    const start = (state: unknown) => () => nsga2().start(problem, createRng(1), state);
    expect(start({ number: 1 })).toThrow(TopogenieError);
    const other = nsga2().start({ ...problem, dimensions: [{ name: "only" }] }, createRng(1));
    expect(start(other.state())).toThrow(expect.objectContaining({ code: "SIZING_STATE_INVALID" }));
  });

  it("is provided as a plugin whose options may all be left out, and are refused out of range", () => {
    const [provided] = plugin.provides;
    expect(provided).toMatchObject({ kind: "sizing-optimizer", name: "nsga2" });
    expect(provided?.options.safeParse({}).success).toBe(true);
    expect(provided?.options.safeParse({ population: 1 }).success).toBe(false);
  });
});
