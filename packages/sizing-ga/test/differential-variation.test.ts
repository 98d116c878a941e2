import { createRng } from "@topogenie/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differentialVariation } from "../src/differential-variation.js";

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
