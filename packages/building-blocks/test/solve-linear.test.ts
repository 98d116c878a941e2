import { describe, expect, it } from "vitest";
import { solveLinear } from "../src/bench/solve-linear.js";

describe("linear solver", () => {
  it("solves equations that need rows exchanged", () => {
    const solution = solveLinear(
      [Float64Array.of(0, 2, 1), Float64Array.of(1, 0, 3), Float64Array.of(4, 1, 0)],
      Float64Array.of(7, 10, 6),
    );
    expect([...(solution ?? [])].map((value) => Number(value.toFixed(12)))).toEqual([1, 2, 3]);
  });

  it("says when there is no single solution", () => {
    expect(solveLinear([Float64Array.of(1, 1), Float64Array.of(2, 2)], Float64Array.of(1, 2))).toBeUndefined();
  });
});
