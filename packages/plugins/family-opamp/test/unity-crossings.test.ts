import { describe, expect, it } from "vitest";
import { unityCrossings } from "../src/measure/unity-crossings.js";

const hertz = Float64Array.from({ length: 91 }, (_, index) => 10 ** (1 + index / 10));

describe("unity crossings", () => {
  it("find the unity-gain frequency of a single pole between points", () => {
    const magnitude = hertz.map((f) => 1000 / Math.hypot(1, f / 3e3));
    const [crossing, ...others] = unityCrossings(hertz, magnitude);
    expect(others).toEqual([]);
    expect((crossing?.hertz ?? 0) / (3e3 * Math.sqrt(1e6 - 1))).toBeCloseTo(1, 3);
  });

  it("find each of several", () => {
    const magnitude = Float64Array.of(10, 0.1, 10, 0.1);
    const found = unityCrossings(Float64Array.of(1, 100, 1e4, 1e6), magnitude);
    expect(found.map(({ position }) => position)).toEqual([0.5, 1.5, 2.5]);
    [10, 1e3, 1e5].forEach((frequency, index) => expect(found[index]?.hertz).toBeCloseTo(frequency, 6));
  });

  it("find none where the gain stays on one side", () => {
    expect(
      unityCrossings(
        hertz,
        hertz.map(() => 2),
      ),
    ).toEqual([]);
    expect(
      unityCrossings(
        hertz,
        hertz.map(() => 0),
      ),
    ).toEqual([]);
  });
});
