import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../src/runtime/rng.js";
import { latinHypercube } from "../../src/sizing/search/latin-hypercube.js";
import { differentialVariation, polynomialMutation, simulatedBinaryCrossover } from "../../src/sizing/search/variation.js";

const DIMENSIONS = 4;
const point = fc
  .array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), {
    minLength: DIMENSIONS,
    maxLength: DIMENSIONS,
  })
  .map((coordinates) => Float64Array.from(coordinates));
const seed = fc.integer();

function insideUnitCube(x: Float64Array): boolean {
  return x.length === DIMENSIONS && x.every((coordinate) => coordinate >= 0 && coordinate <= 1);
}

describe("variation of points", () => {
  it("never leave the unit cube and never change their parents", () => {
    fc.assert(
      fc.property(point, point, seed, fc.double({ min: 0.1, max: 100, noNaN: true }), (one, other, seed, eta) => {
        const rng = createRng(seed);
        const before = [one, other].map((x) => x.join());
        const children = [...simulatedBinaryCrossover(one, other, eta, rng)];
        const mutant = one.slice();
        polynomialMutation(mutant, 1, eta, rng);
        expect([...children, mutant].every(insideUnitCube)).toBe(true);
        expect([one, other].map((x) => x.join())).toEqual(before);
      }),
    );
  });

  it("simulated binary crossover keeps the parents' mean and, inside the cube, has the published spread", () => {
    const rng = createRng(1);
    const eta = 2;
    const one = Float64Array.of(0.5 - 1e-4);
    const other = Float64Array.of(0.5 + 1e-4);
    const spreads: number[] = [];
    for (let trial = 0; trial < 20_000; trial++) {
      const [left, right] = simulatedBinaryCrossover(one, other, eta, rng);
      expect((left[0] ?? 0) + (right[0] ?? 0)).toBeCloseTo(1, 12);
      const spread = Math.abs((left[0] ?? 0) - (right[0] ?? 0)) / 2e-4;
      if (Math.abs(spread - 1) > 1e-9) spreads.push(spread);
    }
    // Half of the coordinates are crossed; half of those contract, with distribution function b^(eta+1) / 2.
    expect(spreads.length / 20_000).toBeCloseTo(0.5, 1);
    const below = (bound: number): number => spreads.filter((spread) => spread < bound).length / spreads.length;
    expect(below(0.5)).toBeCloseTo(0.5 ** (eta + 1) / 2, 1.5);
    expect(below(1)).toBeCloseTo(0.5, 1.5);
    expect(below(2)).toBeCloseTo(1 - 2 ** -(eta + 1) / 2, 1.5);
  });

  it("polynomial mutation changes a coordinate at the given rate, by steps that shrink as eta grows", () => {
    const rng = createRng(2);
    const meanStep = (eta: number): number => {
      let sum = 0;
      let changed = 0;
      for (let trial = 0; trial < 5000; trial++) {
        const x = new Float64Array(DIMENSIONS).fill(0.5);
        polynomialMutation(x, 0.3, eta, rng);
        for (const coordinate of x) {
          if (coordinate === 0.5) continue;
          changed++;
          sum += Math.abs(coordinate - 0.5);
        }
      }
      expect(changed / (5000 * DIMENSIONS)).toBeCloseTo(0.3, 1.5);
      return sum / changed;
    };
    const [coarse, fine] = [meanStep(5), meanStep(50)];
    expect(coarse).toBeGreaterThan(4 * fine);
  });

  it("a Latin hypercube has one point in every slice of every coordinate", () => {
    const points = latinHypercube(17, 3, createRng(3));
    for (let dimension = 0; dimension < 3; dimension++) {
      const slices = points.map((x) => Math.floor((x[dimension] ?? 0) * 17)).sort((a, b) => a - b);
      expect(slices).toEqual(Array.from({ length: 17 }, (_, slice) => slice));
    }
  });
});

describe("differential variation", () => {
  it("never leaves the unit cube and never changes its parents", () => {
    fc.assert(
      fc.property(point, point, point, seed, (base, one, other, seed) => {
        const rng = createRng(seed);
        const before = [base, one, other].map((x) => x.join());
        const child = differentialVariation(base, one, other, 0.1 + rng.uniform(), rng.uniform(), rng);
        expect(insideUnitCube(child)).toBe(true);
        expect([base, one, other].map((x) => x.join())).toEqual(before);
      }),
    );
  });

  it("adds the weighted difference where there is room", () => {
    const [base, one, other] = [
      [0.5, 0.5],
      [0.7, 0.1],
      [0.5, 0.3],
    ].map((x) => Float64Array.from(x));
    if (base === undefined || one === undefined || other === undefined) throw new Error("three points");
    const child = differentialVariation(base, one, other, 0.5, 1, createRng(1));
    expect(child[0]).toBeCloseTo(0.6, 12);
    expect(child[1]).toBeCloseTo(0.4, 12);
  });
});
