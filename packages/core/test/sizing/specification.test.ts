import { describe, expect, it } from "vitest";
import type { CircuitFamily } from "../../src/contracts/circuit-family.js";
import { dominates, nonDominated } from "../../src/sizing/dominance.js";
import { sizingObjectives } from "../../src/sizing/objectives.js";
import { constraintViolation, judge, meritObjective } from "../../src/sizing/specification.js";

describe("a constraint's violation", () => {
  const gain = { measurement: "gain", atLeast: 60 };

  it("is zero when it holds and grows with the relative distance, below one", () => {
    expect(constraintViolation(gain, { gain: 60 })).toBe(0);
    expect(constraintViolation(gain, { gain: 30 })).toBeCloseTo(0.5 / 1.5);
    expect(constraintViolation(gain, { gain: -1e9 })).toBeLessThan(1);
    expect(constraintViolation({ measurement: "power", atMost: 2 }, { power: 4 })).toBeCloseTo(0.5);
    expect(constraintViolation({ measurement: "gain", atLeast: 0 }, { gain: -3 })).toBeCloseTo(0.75);
  });

  it("is one, worse than any figure, when the measurement is missing", () => {
    expect(constraintViolation(gain, {})).toBe(1);
    expect(constraintViolation(gain, { gain: NaN })).toBe(1);
    expect(constraintViolation(gain, { gain: -Infinity })).toBe(1);
  });

  it("counts either side of a range", () => {
    const range = { measurement: "margin", atLeast: 45, atMost: 90 };
    expect([40, 45, 60, 90, 100].map((margin) => constraintViolation(range, { margin }) > 0)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe("judging a circuit", () => {
  const family = {
    figureOfMerit: { better: "higher", evaluate: ({ merit = NaN }) => merit },
    minimumFunction: { description: "amplifies", constraints: [{ measurement: "gain", atLeast: 20 }] },
  } as unknown as CircuitFamily;
  const specification = {
    description: "asked for",
    constraints: [
      { measurement: "gain", atLeast: 60 },
      { measurement: "margin", atLeast: 60 },
    ],
  };
  const of = (measured: Record<string, number>) => judge(family, specification, measured);

  it("says of each constraint by how much it is violated or how far from it, once where the minimum function asks less", () => {
    const [gain, margin, ...more] = of({ gain: 90, margin: 54, merit: 1 }).constraints ?? [];
    expect(more).toEqual([]);
    expect(gain).toBeCloseTo(-0.5 / 1.5);
    expect(margin).toBeCloseTo(0.1 / 1.1);
    expect(of({ gain: 60, margin: Infinity, merit: 1 }).constraints).toEqual([0, -1]);
    expect(of({ margin: 60, merit: 1 }).constraints).toEqual([1, 0]);
    const other = { description: "asked for", constraints: [{ measurement: "gain", atMost: 100 }] };
    expect(judge(family, other, { gain: 20 }).constraints?.map(Math.sign)).toEqual([0, -1]);
  });

  it("puts the minimum function before the specification, and the specification before the figure of merit", () => {
    const dead = of({ gain: 19, margin: 90, merit: 1e6 });
    const bare = of({ gain: 20, merit: 1 });
    const nearly = of({ gain: 59, margin: 60, merit: 1 });
    const good = of({ gain: 60, margin: 60, merit: 0.1 });
    expect([dead, bare, nearly, good].map(({ functional, onSpec }) => [functional, onSpec])).toEqual([
      [false, false],
      [true, false],
      [true, false],
      [true, true],
    ]);
    expect(dead.violation).toBeGreaterThan(bare.violation);
    expect(bare.violation).toBeGreaterThan(nearly.violation);
    expect(nearly.violation).toBeGreaterThan(good.violation);
    expect(good.violation).toBe(0);
  });

  it("gives no figure of merit, and the worst objective, where a measurement for it is missing", () => {
    const { figureOfMerit, objectives } = of({ gain: 60, margin: 60 });
    expect(figureOfMerit).toBeUndefined();
    expect(objectives).toEqual([Infinity]);
  });

  it.each(["higher", "lower"] as const)("orders figures of which the %s is better, through zero", (better) => {
    const ascending = [-1e6, -1, -1e-9, 0, 1e-300, 1, 1e300].map((merit) => meritObjective({ better }, merit));
    const expected = [...ascending].sort((a, b) => (better === "lower" ? a - b : b - a));
    expect(ascending).toEqual(expected);
    expect(new Set(ascending).size).toBe(ascending.length);
  });
});

describe("the objectives of a sizing", () => {
  const family = {
    name: "amplifier",
    figureOfMerit: { better: "higher", evaluate: ({ merit = NaN }) => merit },
    measurements: [
      { name: "gain", better: "higher" },
      { name: "power", better: "lower" },
    ],
  } as unknown as CircuitFamily;

  it("are the figure of merit, or measurements in the direction that is better", () => {
    expect(sizingObjectives(family).map(({ name }) => name)).toEqual(["figureOfMerit"]);
    const objectives = sizingObjectives(family, ["power", "figureOfMerit", "gain"]);
    const worth = (measured: Record<string, number>): number[] =>
      objectives.map((objective) => meritObjective(objective, objective.value(measured)));
    const [modest, strong] = [worth({ power: 1, merit: 5, gain: 20 }), worth({ power: 2, merit: 9, gain: 40 })];
    expect(modest.map((value, index) => Math.sign(value - (strong[index] ?? NaN)))).toEqual([-1, 1, 1]);
    expect(worth({})).toEqual([Infinity, Infinity, Infinity]);
  });

  it.each([[["gian"]], [[]], [["gain", "gain"]]])("refuses %j", (names) => {
    expect(() => sizingObjectives(family, names)).toThrow(expect.objectContaining({ code: "SIZING_OBJECTIVES" }));
  });
});

describe("what no other dominates", () => {
  const judged = (violation: number, ...objectives: number[]) => ({ violation, objectives });
  const front = (items: readonly ReturnType<typeof judged>[]) => nonDominated(items, (item) => item);

  it("is the trade-off, each once", () => {
    const items = [judged(0, 1, 3), judged(0, 2, 2), judged(0, 2, 3), judged(0, 3, 1), judged(0, 2, 2), judged(0, NaN, 0)];
    expect(front(items)).toEqual([items[0], items[1], items[3], items[5]]);
  });

  it("puts the smaller violation before any objective", () => {
    expect(dominates(judged(0, 9, 9), judged(0.1, 0, 0))).toBe(true);
    expect(front([judged(1, 0, 0), judged(0.5, 9, 9), judged(Infinity, 0, 0)])).toEqual([judged(0.5, 9, 9)]);
  });
});
