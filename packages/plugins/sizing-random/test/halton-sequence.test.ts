import { createRng } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { HaltonSequence } from "../src/halton-sequence.js";

describe("the Halton sequence", () => {
  it("fills every slice of every coordinate equally, in each dimension's base", () => {
    const bases = [2, 3, 5, 7];
    const sequence = new HaltonSequence(bases.length, createRng(1));
    for (const [dimension, base] of bases.entries()) {
      const slices = new Array<number>(base * base).fill(0);
      for (let index = 0; index < 3 * base * base; index++) {
        const slice = Math.floor((sequence.point(index)[dimension] ?? 0) * base * base);
        slices[slice] = (slices[slice] ?? 0) + 1;
      }
      expect(slices).toEqual(slices.map(() => 3));
    }
  });

  it("leaves no stripes: neighbouring dimensions of large bases are uncorrelated", () => {
    const sequence = new HaltonSequence(20, createRng(1));
    const points = Array.from({ length: 400 }, (_, index) => sequence.point(index));
    let correlation = 0;
    for (const point of points) correlation += ((point[18] ?? 0) - 0.5) * ((point[19] ?? 0) - 0.5) * 12;
    expect(Math.abs(correlation / points.length)).toBeLessThan(0.15);
  });

  it("is another with another seed", () => {
    const [one, other] = [1, 2].map((seed) => [...new HaltonSequence(3, createRng(seed)).point(5)]);
    expect(one).not.toEqual(other);
  });
});
