import { describe, expect, it } from "vitest";
import { atPosition, unwrappedPhase } from "../src/measure/unwrapped-phase.js";

describe("unwrapped phase", () => {
  it("follows four poles down past -180 degrees without a jump", () => {
    const frequencies = Array.from({ length: 61 }, (_, index) => 10 ** (index / 10));
    const angles = frequencies.map((f) => -4 * Math.atan(f / 1e3));
    const phase = unwrappedPhase(Float64Array.from(angles, Math.cos), Float64Array.from(angles, Math.sin));
    angles.forEach((angle, index) => expect(phase[index]).toBeCloseTo((angle * 180) / Math.PI, 9));
    expect(phase.at(-1)).toBeLessThan(-350);
  });

  it("is read between points", () => {
    expect(atPosition(Float64Array.of(0, -90, -180), 1.25)).toBe(-112.5);
    expect(atPosition(Float64Array.of(0, -90), 1)).toBe(-90);
  });
});
