import { createRng, TopogenieError, type OptimizationProblem, type Study } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import plugin, { geneticAlgorithm } from "../src/index.js";

const problem: OptimizationProblem = {
  dimensions: [{ name: "w" }, { name: "fingers", levels: 5 }, { name: "l" }],
  objectives: ["distance"],
  budget: 400,
  initial: [],
};

function answer(study: Study, count: number): string[] {
  const asked = study.ask(count);
  study.tell(asked.map(({ id, x }) => ({ id, x, objectives: [x.reduce((sum, v) => sum + (v - 0.3) ** 2, 0)], violation: 0 })));
  return asked.map(({ x }) => x.join());
}

/** Everything that a study asks in portions of so many. */
function asks(study: Study, portion: number, total: number): string[] {
  const asked: string[] = [];
  while (asked.length < total) asked.push(...answer(study, Math.min(portion, total - asked.length)));
  return asked;
}

describe("the genetic algorithm", () => {
  it("asks the same whatever the portions", () => {
    const [whole, ...others] = [100, 1, 3, 16].map((portion) =>
      asks(geneticAlgorithm().start(problem, createRng(1)), portion, 200),
    );
    for (const other of others) expect(other).toEqual(whole);
  });

  it("does not depend on the order in which evaluations are told", () => {
    const shuffled = geneticAlgorithm().start(problem, createRng(1));
    const rng = createRng("order");
    const asked: string[] = [];
    while (asked.length < 200) {
      const candidates = shuffled.ask(10);
      asked.push(...candidates.map(({ x }) => x.join()));
      for (const { id, x } of rng.shuffle(candidates)) {
        shuffled.tell([{ id, x, objectives: [x.reduce((sum, v) => sum + (v - 0.3) ** 2, 0)], violation: 0 }]);
      }
    }
    expect(asked.slice(0, 200)).toEqual(asks(geneticAlgorithm().start(problem, createRng(1)), 10, 200));
  });

  it("asks only for levels that exist, and for no point twice while there are others", () => {
    const asked = asks(geneticAlgorithm().start(problem, createRng(1)), 8, 400);
    for (const x of asked) expect((Number(x.split(",")[1]) * 4) % 1).toBe(0);
    expect(new Set(asked).size).toBe(400);
  });

  it("waits for a whole generation, then breeds the next", () => {
    const study = geneticAlgorithm({ population: 8 }).start(problem, createRng(1));
    const generation = study.ask(100);
    expect(generation).toHaveLength(8);
    expect(study.ask(1)).toEqual([]);
    const told = generation.map(({ id, x }) => ({ id, x, objectives: [0], violation: 0 }));
    study.tell(told.slice(0, 7));
    expect(study.ask(1)).toEqual([]);
    study.tell(told.slice(7));
    expect(study.ask(100)).toHaveLength(8);
  });

  it("prefers any feasible point to an infeasible one, and a smaller violation to a better objective", () => {
    const study = geneticAlgorithm({ population: 4 }).start(problem, createRng(1));
    const outcomes = [
      { objectives: [0], violation: 2 },
      { objectives: [5], violation: 0.1 },
      { objectives: [9], violation: 0 },
      { objectives: [NaN], violation: 0 },
    ];
    study.tell(
      study.ask(4).map(({ id, x }, index) => ({ id, x, ...(outcomes[index] ?? { objectives: [], violation: Infinity }) })),
    );
    expect(study.best).toMatchObject({ id: 2, objectives: [9], violation: 0 });
  });

  it.each([
    ["twice", (study: Study) => answer(study, 1).concat(answer(study, 1)), 0],
    ["before it was asked", () => undefined, 3],
  ])("refuses a candidate told %s", (_, before, id) => {
    const study = geneticAlgorithm().start(problem, createRng(1));
    before(study);
    expect(() => study.tell([{ id, x: new Float64Array(3), objectives: [0], violation: 0 }])).toThrow(
      expect.objectContaining({ code: "SIZING_TOLD_UNASKED" }),
    );
  });

  it("refuses a state that is not its own", () => {
    const start = (state: unknown) => () => geneticAlgorithm().start(problem, createRng(1), state);
    expect(start({ generation: 1 })).toThrow(TopogenieError);
    expect(start({ generation: 1 })).toThrow(/cannot be read/);
    const other = geneticAlgorithm().start({ ...problem, dimensions: [{ name: "only" }] }, createRng(1));
    expect(start(other.state())).toThrow(expect.objectContaining({ code: "SIZING_STATE_INVALID" }));
  });

  it("is provided as a plugin whose options may all be left out, and are refused out of range", () => {
    const [provided] = plugin.provides;
    expect(provided).toMatchObject({ kind: "sizing-optimizer", name: "ga" });
    expect(provided?.options.safeParse({}).success).toBe(true);
    expect(provided?.options.safeParse({ population: 1 }).success).toBe(false);
    expect(provided?.options.safeParse({ populaton: 10 }).success).toBe(false);
  });
});
