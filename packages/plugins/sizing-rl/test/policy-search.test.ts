import { createRng, type OptimizationProblem, type Study } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { policyGradient } from "../src/index.js";
import { sizingWords, stepOf, VALUES } from "../src/sizing-words.js";

const problem: OptimizationProblem = {
  dimensions: [{ name: "w" }, { name: "fingers", levels: 5 }, { name: "l" }],
  objectives: ["distance"],
  budget: 400,
  initial: [],
};

/** Everything that a study asks in portions of so many; the best lies at 0.3. */
function asks(study: Study, portion: number, total: number): number[][] {
  const asked: number[][] = [];
  while (asked.length < total) {
    const candidates = study.ask(Math.min(portion, total - asked.length));
    asked.push(...candidates.map(({ x }) => [...x]));
    study.tell(
      candidates.map(({ id, x }) => ({ id, x, objectives: [x.reduce((sum, v) => sum + (v - 0.3) ** 2, 0)], violation: 0 })),
    );
  }
  return asked;
}

describe("policy gradient on one circuit", () => {
  it("asks the same whatever the portions", () => {
    const [whole, ...others] = [100, 1, 3, 16].map((portion) =>
      asks(policyGradient().start(problem, createRng(1)), portion, 200),
    );
    for (const other of others) expect(other).toEqual(whole);
  });

  it("begins round the best of the points that it is given, as widely as the better of them lie apart", () => {
    const near = Array.from({ length: 8 }, (_, index) => Float64Array.of(0.28 + 0.005 * index, 0.25, 0.28 + 0.005 * index));
    const far = Array.from({ length: 8 }, () => Float64Array.of(0.9, 1, 0.9));
    const asked = asks(policyGradient().start({ ...problem, initial: [...far, ...near] }, createRng(1)), 8, 23);
    for (const [w = NaN, , l = NaN] of asked.slice(16)) {
      expect(Math.abs(w - 0.3)).toBeLessThan(0.2);
      expect(Math.abs(l - 0.3)).toBeLessThan(0.2);
    }
  });
});

describe("a circuit in words", () => {
  const device = { quantity: "nmos4.w", devices: 2, place: ["D:VOUT", "G:VIN"] };
  const meant: OptimizationProblem = {
    ...problem,
    family: "opamp",
    dimensions: [
      { name: "M1=M2.w", meaning: device },
      { name: "M1=M2.l", meaning: { ...device, quantity: "nmos4.l" } },
      { name: "other" },
      { name: "VB1", meaning: { quantity: "VB", devices: 0, place: ["on:nmos4.G"] } },
    ],
  };

  it("says where a device stands once, then each of its sizes with room for its value", () => {
    const { words, places } = sizingWords(meant);
    expect(words.join(" ")).toBe("family:opamp x2 D:VOUT G:VIN nmos4.w  nmos4.l  x0 on:nmos4.G VB ");
    expect(places).toEqual([5, 7, undefined, 11]);
  });

  it("has a step for every value", () => {
    expect([-0.1, 0, 0.5, 1, 1.1].map(stepOf)).toEqual([0, 0, VALUES / 2, VALUES - 1, VALUES - 1]);
  });
});
