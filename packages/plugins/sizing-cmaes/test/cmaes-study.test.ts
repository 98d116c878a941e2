import { createRng, TopogenieError, type OptimizationProblem, type Study } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import plugin, { cmaes } from "../src/index.js";

const problem: OptimizationProblem = {
  dimensions: [{ name: "w" }, { name: "fingers", levels: 5 }, { name: "l" }],
  objectives: ["distance"],
  budget: 400,
  initial: [],
};

/** Everything that a study asks in portions of so many. */
function asks(study: Study, portion: number, total: number): string[] {
  const asked: string[] = [];
  while (asked.length < total) {
    const candidates = study.ask(Math.min(portion, total - asked.length));
    if (candidates.length === 0) break;
    asked.push(...candidates.map(({ x }) => x.join()));
    study.tell(
      candidates.map(({ id, x }) => ({ id, x, objectives: [x.reduce((sum, v) => sum + (v - 0.3) ** 2, 0)], violation: 0 })),
    );
  }
  return asked;
}

describe("CMA-ES", () => {
  it("asks the same whatever the portions", () => {
    const [whole, ...others] = [100, 1, 3, 16].map((portion) => asks(cmaes().start(problem, createRng(1)), portion, 200));
    for (const other of others) expect(other).toEqual(whole);
  });

  it("asks only for levels that exist, and tries several of them", () => {
    const asked = asks(cmaes().start(problem, createRng(1)), 8, 400).map((x) => Number(x.split(",")[1]) * 4);
    for (const level of asked) expect(level % 1).toBe(0);
    expect(new Set(asked.slice(0, 100)).size).toBeGreaterThan(2);
  });

  it("begins its first run round the best of the initial points", () => {
    const initial = [Float64Array.of(0.9, 0, 0.9), Float64Array.of(0.2, 0.25, 0.2)];
    const study = cmaes({ sigma: 0.01 }).start({ ...problem, initial }, createRng(1));
    const points = asks(study, 9, 9).map((x) => x.split(",").map(Number));
    for (const [first = NaN, , last = NaN] of points.slice(2)) {
      expect(Math.abs(first - 0.2)).toBeLessThan(0.06);
      expect(Math.abs(last - 0.2)).toBeLessThan(0.06);
    }
  });

  it("depends on the order of evaluations alone, never on their size", () => {
    const study = (map: (value: number) => number): string[] => {
      const running = cmaes().start(problem, createRng(1));
      const asked: string[] = [];
      for (let turn = 0; turn < 30; turn++) {
        const candidates = running.ask(5);
        asked.push(...candidates.map(({ x }) => x.join()));
        running.tell(
          candidates.map(({ id, x }) => ({
            id,
            x,
            objectives: [map(x.reduce((sum, v) => sum + (v - 0.3) ** 2, 0))],
            violation: 0,
          })),
        );
      }
      return asked;
    };
    expect(study((value) => Math.log(value + 1e-3) * 1e3)).toEqual(study((value) => value));
  });

  it("restarts when it has converged, or ends where restarts are off", () => {
    const continuous = { ...problem, dimensions: [{ name: "w" }, { name: "l" }] };
    expect(asks(cmaes().start(continuous, createRng(1)), 6, 3000)).toHaveLength(3000);
    const ended = asks(cmaes({ restarts: "none" }).start(continuous, createRng(1)), 6, 3000);
    expect(ended.length).toBeLessThan(1500);
    expect(ended.length).toBeGreaterThan(100);
  });

  it("refuses a candidate told twice, and a state that is not its own", () => {
    const study = cmaes().start(problem, createRng(1));
    const [first] = study.ask(1);
    if (first === undefined) throw new Error("nothing asked");
    const told = { ...first, objectives: [1], violation: 0 };
    const other = study.state();
    study.tell([told]);
    expect(() => study.tell([told])).toThrow(expect.objectContaining({ code: "SIZING_TOLD_UNASKED" }));
    expect(() => cmaes().start(problem, createRng(1), { number: 1 })).toThrow(TopogenieError);
    expect(() => cmaes().start({ ...problem, dimensions: [{ name: "w" }] }, createRng(1), other)).toThrow(
      expect.objectContaining({ code: "SIZING_STATE_INVALID" }),
    );
  });

  it("is provided as a plugin whose options may all be left out, and are refused out of range", () => {
    const [provided] = plugin.provides;
    expect(provided).toMatchObject({ kind: "sizing-optimizer", name: "cmaes" });
    expect(provided?.options.safeParse({}).success).toBe(true);
    expect(provided?.options.safeParse({ sigma: 2 }).success).toBe(false);
  });
});
