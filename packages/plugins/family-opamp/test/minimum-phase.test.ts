import { describe, expect, it } from "vitest";
import { minimumPhase } from "../src/measure/minimum-phase.js";

const hertz = Float64Array.from({ length: 91 }, (_, index) => 10 ** (1 + index / 10));

describe("the least possible lag", () => {
  it("is that of stable poles and zeros, from their gain alone", () => {
    const magnitude = hertz.map((f) => (100 * Math.hypot(1, f / 3e6)) / Math.hypot(1, f / 1e4) / Math.hypot(1, f / 1e6) ** 2);
    for (const position of [20, 40.5, 55, 70.25]) {
      const f = 10 ** (1 + position / 10);
      const radians = Math.atan(f / 3e6) - Math.atan(f / 1e4) - 2 * Math.atan(f / 1e6);
      expect(Math.abs(minimumPhase(hertz, magnitude, position) - (radians * 180) / Math.PI)).toBeLessThan(4);
    }
  });

  it("is none where the gain is level", () => {
    expect(
      Math.abs(
        minimumPhase(
          hertz,
          hertz.map(() => 7),
          45,
        ),
      ),
    ).toBe(0);
  });
});
