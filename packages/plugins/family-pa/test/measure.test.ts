import type { SimulationOk } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { DRIVE_NODE, MEASURED_PERIODS, OUTPUT_NODE, SETTLING_PERIODS, SILENT_PERIODS } from "../src/bench/carrier-bench.js";
import { figureOfMerit } from "../src/figure-of-merit.js";
import { measurePa } from "../src/measure/measure-pa.js";
import { paOptions } from "../src/options.js";

const options = paOptions.parse({});
const f = options.frequencyHz;
const driven = SETTLING_PERIODS + 2 * MEASURED_PERIODS;

/** A carrier of 1 V across the load, with a fifth of its second harmonic, for as long as the drive lasts, or on and on. */
function result(goesOn: boolean): SimulationOk {
  const periods = driven + SILENT_PERIODS;
  const x = Float64Array.from({ length: periods * 200 + 1 }, (_, index) => index / 200 / f);
  const on = (t: number): number => (t * f < driven ? 1 : 0);
  const sine = (multiple: number, t: number): number => Math.sin(2 * Math.PI * multiple * f * t);
  return {
    status: "ok",
    convergence: "direct",
    analyses: [
      {
        kind: "tran",
        x,
        vectors: {
          [OUTPUT_NODE]: x.map((t) => (goesOn ? 1 : on(t)) * (sine(1, t) + 0.2 * sine(2, t))),
          [DRIVE_NODE]: x.map((t) => 0.4 * on(t) * sine(1, t)),
          "i(supply)": x.map(() => -10e-3),
          "i(bias_vb1)": x.map(() => -1e-3),
          "i(bias_vb2)": x.map(() => 5e-3),
        },
      },
    ],
  };
}

describe("what a power amplifier's transient says", () => {
  it("is the power of the carrier alone, against all that is paid", () => {
    const values = measurePa(result(false), options);
    expect(values.outputPower).toBeCloseTo(10e-3, 5);
    expect(values.gain).toBeCloseTo(10 * Math.log10(10e-3 / 0.4e-3), 2);
    // What flows into a bias voltage is not credited.
    expect(values.power).toBeCloseTo(1.8 * 11e-3, 9);
    expect(values.powerAddedEfficiency).toBeCloseTo(9.6e-3 / (1.8 * 11e-3), 3);
    expect(values.harmonicDistortion).toBeCloseTo(0.2, 3);
    expect(values.drift).toBeLessThan(1e-3);
    expect(values.remainder).toBeLessThan(1e-6);
  });

  it("shows an output that needs no carrier", () => {
    expect(measurePa(result(true), options).remainder).toBeCloseTo(1, 3);
  });

  it("makes the figure of merit of power, gain and efficiency", () => {
    expect(figureOfMerit(2e9).evaluate({ outputPower: 0.1, gain: 10, powerAddedEfficiency: 0.5 })).toBeCloseTo(2, 9);
  });
});
