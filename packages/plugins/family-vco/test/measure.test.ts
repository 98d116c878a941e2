import { describe, expect, it } from "vitest";
import { timePlan } from "../src/bench/time-plan.js";
import { figureOfMerit } from "../src/figure-of-merit.js";
import { oscillation } from "../src/measure/periodicity.js";
import { phaseNoise } from "../src/measure/phase-noise.js";

const x = Float64Array.from({ length: 2001 }, (_, index) => index * 5e-12);
const sine = (decay: number): Float64Array => x.map((t) => 0.9 + 0.3 * Math.exp(-t * decay) * Math.sin(2 * Math.PI * 2.5e9 * t));

describe("an oscillation", () => {
  it("has the frequency, swing and steepness of a sine", () => {
    const found = oscillation(x, sine(0), 2e-9, 10e-9);
    expect((found?.frequencyHz ?? 0) / 2.5e9).toBeCloseTo(1, 3);
    expect(found?.swing).toBeCloseTo(0.6, 2);
    expect(found?.sustained).toBeCloseTo(1, 2);
    expect(found?.steepness).toBeCloseTo(Math.PI, 1);
    expect(found?.periodSpread).toBeLessThan(0.01);
  });

  it("is not sustained when it dies away", () => {
    expect(oscillation(x, sine(2e8), 2e-9, 10e-9)?.sustained).toBeLessThan(0.6);
  });

  it("needs two whole periods", () => {
    expect(oscillation(x, sine(0), 2e-9, 2.5e-9)).toBeUndefined();
    expect(
      oscillation(
        x,
        x.map(() => 1),
        2e-9,
        10e-9,
      ),
    ).toBeUndefined();
  });
});

describe("the time plan", () => {
  it("steps the control through three values and leaves it alone in circuits without one", () => {
    const swept = timePlan(1e9, true);
    expect(swept.spans.map(({ control }) => control)).toEqual([0.5, 0.35, 0.65]);
    expect(timePlan(1e9, false).spans).toHaveLength(1);
    for (const { startS, measureS, endS } of swept.spans) {
      expect(measureS).toBeGreaterThan(startS);
      // Two whole periods of the slowest oscillation fit in.
      expect(endS - measureS).toBeGreaterThanOrEqual(3e-9 - 1e-18);
    }
  });
});

describe("the estimate of phase noise", () => {
  const common = { frequencyHz: 2e9, offsetHz: 1e6, powerWatts: 1e-3, kelvin: 300, swing: 1.8, steepness: 6, supplyVolts: 1.8 };

  it("is Leeson's formula where coils hold energy", () => {
    // Q = w0 E / P = 10.
    const coilJoules = (10 * 1e-3) / (2 * Math.PI * 2e9);
    const leeson = (2 * 1.380649e-23 * 300 * (5 / 3)) / 1e-3 / 1 / ((4 * 100) / (2e9 / 1e6) ** 2);
    expect(phaseNoise({ ...common, coilJoules })).toBeCloseTo(10 * Math.log10(leeson), 6);
  });

  it("falls with power and with swing in a ring, and rises with its stages", () => {
    const ring = phaseNoise({ ...common, coilJoules: 0 });
    expect(phaseNoise({ ...common, coilJoules: 0, powerWatts: 2e-3 })).toBeCloseTo(ring - 3.01, 2);
    expect(phaseNoise({ ...common, coilJoules: 0, swing: 0.9 })).toBeCloseTo(ring + 3.01, 2);
    expect(phaseNoise({ ...common, coilJoules: 0, steepness: 12 })).toBeCloseTo(ring + 3.01, 2);
  });

  it("gives a figure of merit that does not depend on frequency or power where the noise follows them", () => {
    const merit = figureOfMerit(1e6);
    const at = (powerWatts: number, frequencyHz: number): number =>
      merit.evaluate({
        power: powerWatts,
        frequency: frequencyHz,
        phaseNoise: phaseNoise({ ...common, coilJoules: 0, powerWatts, frequencyHz }),
      });
    expect(at(1e-3, 2e9)).toBeCloseTo(at(4e-3, 5e9), 9);
    expect(merit.evaluate({})).toBeNaN();
  });
});
