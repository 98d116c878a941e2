import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midranks, rankTest } from "../../src/comparison/rank-test.js";

describe("rank test", () => {
  it("gives the exact probabilities of published tables", () => {
    // Mann and Whitney 1947, table I, two-sided: U = 0 of 3 and 3, of 5 and 5; U = 2 of 4 and 4.
    expect(rankTest([1, 2, 3], [4, 5, 6])).toBeCloseTo(0.1, 10);
    expect(rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(2 / 252, 10);
    expect(rankTest([1, 2, 3, 6], [4, 5, 7, 8])).toBeCloseTo(8 / 70, 10);
  });

  it("finds nothing in samples that are the same, and takes infinite values for ranks", () => {
    expect(rankTest([1, 1, 1], [1, 1, 1])).toBe(1);
    expect(rankTest([1, 2, 3], [Infinity, Infinity, Infinity])).toBeCloseTo(0.1, 10);
    expect(rankTest([], [1])).toBeNaN();
  });

  it("does not care which sample comes first, nor how values are stretched", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(sample, sample, (one, other) => {
        const probability = rankTest(one, other);
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(rankTest(other, one)).toBeCloseTo(probability, 12);
        expect(
          rankTest(
            one.map((value) => value ** 3),
            other.map((value) => value ** 3),
          ),
        ).toBe(probability);
      }),
    );
  });

  it("comes near the exact value where it no longer tries every way to share out the ranks", () => {
    const one = Array.from({ length: 12 }, (_, index) => index * 2);
    const other = Array.from({ length: 12 }, (_, index) => index * 2 + 7);
    expect(rankTest(one, other)).toBeCloseTo(exactByCounting(one, other), 2);
  });

  it("shares ranks between equals", () => {
    expect(midranks([10, 20, 10, 30])).toEqual([1.5, 3, 1.5, 4]);
  });
});

/** Counts the subsets of ranks by their sum, rank after rank. */
function exactByCounting(one: readonly number[], other: readonly number[]): number {
  const total = one.length + other.length;
  const mean = (one.length * (total + 1)) / 2;
  const sum = midranks([...one, ...other])
    .slice(0, one.length)
    .reduce((all, rank) => all + rank, 0);
  let ways = new Map<string, number>([["0 0", 1]]);
  for (let rank = 1; rank <= total; rank++) {
    const next = new Map(ways);
    for (const [key, count] of ways) {
      const [size = 0, reached = 0] = key.split(" ").map(Number);
      const grown = `${size + 1} ${reached + rank}`;
      if (size < one.length) next.set(grown, (next.get(grown) ?? 0) + count);
    }
    ways = next;
  }
  let all = 0;
  let asFar = 0;
  for (const [key, count] of ways) {
    const [size = 0, reached = 0] = key.split(" ").map(Number);
    if (size !== one.length) continue;
    all += count;
    if (Math.abs(reached - mean) >= Math.abs(sum - mean)) asFar += count;
  }
  return asFar / all;
}
