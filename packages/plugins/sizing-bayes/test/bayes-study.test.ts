import { createRng, TopogenieError, type OptimizationProblem, type Study } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import plugin, { bayes } from "../src/index.js";
import { afterBatch, firstTrustRegion, isExhausted, type TrustRegion } from "../src/trust-region.js";

const problem: OptimizationProblem = {
  dimensions: [{ name: "w" }, { name: "fingers", levels: 5 }, { name: "l" }],
  objectives: ["distance"],
  budget: 100,
  initial: [],
};

function asks(study: Study, portion: number, total: number): string[] {
  const asked: string[] = [];
  while (asked.length < total) {
    const candidates = study.ask(Math.min(portion, total - asked.length));
    asked.push(...candidates.map(({ x }) => x.join()));
    study.tell(
      candidates.map(({ id, x }) => ({ id, x, objectives: [x.reduce((sum, v) => sum + (v - 0.3) ** 2, 0)], violation: 0 })),
    );
  }
  return asked;
}

describe("Bayesian optimization", () => {
  it("asks only for levels that exist, and for no point twice", () => {
    const asked = asks(bayes().start(problem, createRng(1)), 5, 100);
    for (const x of asked) expect((Number(x.split(",")[1]) * 4) % 1).toBe(0);
    expect(new Set(asked).size).toBe(100);
  });

  it("begins with a design, waits for all of it, then follows its model", () => {
    const study = bayes({ initialPoints: 6 }).start(problem, createRng(1));
    const design = study.ask(100);
    expect(design).toHaveLength(6);
    expect(study.ask(1)).toEqual([]);
    study.tell(design.map(({ id, x }) => ({ id, x, objectives: [x[0] ?? 0], violation: 0 })));
    expect(study.ask(4)).toHaveLength(4);
  });

  it("exhausts a small discrete space without ending", () => {
    const study = bayes().start({ ...problem, dimensions: [{ name: "fingers", levels: 3 }] }, createRng(1));
    expect(asks(study, 4, 60)).toHaveLength(60);
  });

  it("refuses a candidate told twice, and a state that is not its own", () => {
    const study = bayes().start(problem, createRng(1));
    const [first] = study.ask(1);
    if (first === undefined) throw new Error("nothing asked");
    const state = study.state();
    study.tell([{ ...first, objectives: [1], violation: 0 }]);
    expect(() => study.tell([{ ...first, objectives: [1], violation: 0 }])).toThrow(
      expect.objectContaining({ code: "SIZING_TOLD_UNASKED" }),
    );
    expect(() => bayes().start(problem, createRng(1), { asked: 1 })).toThrow(TopogenieError);
    expect(() => bayes().start({ ...problem, dimensions: [{ name: "w" }] }, createRng(1), state)).toThrow(
      expect.objectContaining({ code: "SIZING_STATE_INVALID" }),
    );
  });

  it("is provided as a plugin whose options may all be left out, and are refused out of range", () => {
    const [provided] = plugin.provides;
    expect(provided).toMatchObject({ kind: "sizing-optimizer", name: "bayes" });
    expect(provided?.options.safeParse({}).success).toBe(true);
    expect(provided?.options.safeParse({ trainingPoints: 1 }).success).toBe(false);
  });
});

describe("the trust region", () => {
  const after = (batches: readonly boolean[], from: TrustRegion = firstTrustRegion): TrustRegion =>
    batches.reduce((region, improved) => afterBatch(region, improved, 10, 4), from);

  it("doubles after three successes in a row, up to a limit, and halves after two failed batches of ten", () => {
    expect(after([true, true]).length).toBe(0.8);
    expect(after([true, true, true]).length).toBe(1.6);
    expect(after([true, true, true, true, true, true]).length).toBe(1.6);
    expect(after([false]).length).toBe(0.8);
    expect(after([false, false]).length).toBe(0.4);
    expect(after([false, true, false]).length).toBe(0.8);
  });

  it("is exhausted in the end", () => {
    expect(isExhausted(firstTrustRegion)).toBe(false);
    expect(isExhausted(after(new Array<boolean>(24).fill(false)))).toBe(true);
  });
});
