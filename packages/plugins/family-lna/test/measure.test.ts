import { describe, expect, it } from "vitest";
import { figureOfMerit } from "../src/figure-of-merit.js";
import { interceptFromCompression } from "../src/measure/measure-lna.js";
import { reflection, transducerGain } from "../src/measure/scattering.js";

describe("scattering", () => {
  it("is nothing at a match and everything at an open or shorted input", () => {
    expect(reflection({ re: 0.5, im: 0 })).toBe(0);
    expect(reflection({ re: 1, im: 0 })).toBe(1);
    expect(reflection({ re: 0, im: 0 })).toBe(1);
  });

  it("gives a gain of 1 to a matched load on the source itself, and to an ideal transformer", () => {
    expect(transducerGain({ re: 0.5, im: 0 }, 50, 50)).toBe(1);
    expect(transducerGain({ re: 0, im: 0.5 * Math.sqrt(10) }, 50, 500)).toBeCloseTo(1, 12);
  });
});

describe("intercept", () => {
  it("is where a cubic's third-order product would meet its fundamental", () => {
    // G = a1 (1 + 3/4 a3/a1 A^2): with a3/a1 = -1 the intercept is at A^2 = 4/3, 13.3 mW into 50 ohm with a matched input.
    const watts = (amplitude: number): number => amplitude ** 2 / 100;
    const amplitude = 0.3;
    const found = interceptFromCompression(1, 1 - 0.75 * amplitude ** 2, watts(amplitude));
    expect(found).toBeCloseTo(10 * Math.log10(watts(Math.sqrt(4 / 3)) * 1e3), 9);
  });

  it("claims no more than the smallest change that it believes", () => {
    expect(interceptFromCompression(1, 1, 10e-6)).toBeCloseTo(10 * Math.log10(0.01 / 0.02), 9);
  });
});

describe("figure of merit", () => {
  it("is gain times intercept times frequency over excess noise and power", () => {
    const merit = figureOfMerit(2e9);
    const noiseFigure = 10 * Math.log10(2);
    expect(merit.evaluate({ gain: 10, noiseFigure, inputIntercept: 0, power: 5e-3 })).toBeCloseTo((10 * 2) / 5, 9);
    expect(merit.evaluate({ gain: 10, noiseFigure: 0, inputIntercept: 0, power: 5e-3 })).toBeNaN();
  });
});
