import { describe, expect, it } from "vitest";
import { valueAt } from "../src/waveforms/value-at.js";

describe("a waveform's value", () => {
  const x = Float64Array.of(0, 1, 3, 4);
  const y = Float64Array.of(0, 10, 30, 0);

  it("lies on the straight line between the samples around the position", () => {
    expect([0.5, 1, 2, 3.75].map((position) => valueAt(x, y, position))).toEqual([5, 10, 20, 7.5]);
  });

  it("is the first or last beyond the ends", () => {
    expect([-1, 5].map((position) => valueAt(x, y, position))).toEqual([0, 0]);
    expect(valueAt(Float64Array.of(2), Float64Array.of(7), 1)).toBe(7);
  });
});
