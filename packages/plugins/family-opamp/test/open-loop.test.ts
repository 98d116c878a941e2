import { describe, expect, it } from "vitest";
import { openLoop } from "../src/measure/open-loop.js";

const hertz = Float64Array.from({ length: 91 }, (_, index) => 10 ** (1 + index / 10));

interface Resonance {
  readonly at: number;
  readonly quality: number;
  /** 1: decaying; -1: growing, so that the circuit oscillates by itself. */
  readonly damping?: 1 | -1;
}

/** A gain with real poles and pairs of complex ones, frequencies in hertz. */
function response(
  gain: number,
  poles: readonly number[],
  resonances: readonly Resonance[] = [],
  zeros: readonly number[] = [],
): ReturnType<typeof openLoop> {
  const [re, im] = [new Float64Array(hertz.length), new Float64Array(hertz.length)];
  hertz.forEach((f, index) => {
    let [magnitude, radians] = [gain, 0];
    const factor = (real: number, imaginary: number, power: 1 | -1): void => {
      magnitude *= Math.hypot(real, imaginary) ** power;
      radians += power * Math.atan2(imaginary, real);
    };
    for (const pole of poles) factor(1, f / pole, -1);
    for (const zero of zeros) factor(1, f / zero, 1);
    for (const { at, quality, damping = 1 } of resonances) factor(1 - (f / at) ** 2, (damping * f) / at / quality, -1);
    re[index] = magnitude * Math.cos(radians);
    im[index] = magnitude * Math.sin(radians);
  });
  return openLoop(hertz, re, im);
}

describe("an open-loop response", () => {
  it("of one pole has its gain-bandwidth product as bandwidth, whatever its gain, 90 degrees and no peaking", () => {
    for (const gain of [12, 1e3, 1e5]) {
      const { unityGainBandwidth = 0, phaseMargin = 0, gainPeaking } = response(gain, [10e6 / gain]) ?? {};
      expect(unityGainBandwidth / 10e6 / Math.sqrt(1 - gain ** -2)).toBeCloseTo(1, 2);
      expect(phaseMargin).toBeCloseTo(90 + (Math.asin(1 / gain) * 180) / Math.PI, 0);
      expect(gainPeaking).toBe(0);
    }
  });

  it("of two poles is the textbook's: the gain falls through 1 below the product, with the margin that is left", () => {
    // |A| = 1 at u = f / 10 MHz with u sqrt(1 + u^2) = 1.
    const u = Math.sqrt((Math.sqrt(5) - 1) / 2);
    const { unityGainBandwidth = 0, phaseMargin } = response(1e3, [10e3, 10e6]) ?? {};
    expect(unityGainBandwidth / 10e6).toBeCloseTo(u, 2);
    expect(phaseMargin).toBeCloseTo(90 - (Math.atan(u) * 180) / Math.PI, 0);
  });

  it("that a resonance lifts above 1 gets no bandwidth from it, and no margin", () => {
    // The gain of the pole alone is 1 at 11 MHz; complex poles keep it above 1 from there, or bring it back.
    const plain = response(1e3, [11e3])?.unityGainBandwidth ?? Number.NaN;
    for (const at of [15e6, 19e6, 30e6]) {
      for (const quality of [5, 20, 60]) {
        const { unityGainBandwidth = 0, phaseMargin, gainPeaking } = response(1e3, [11e3], [{ at, quality }]) ?? {};
        expect(unityGainBandwidth / plain).toBeGreaterThan(0.95);
        expect(unityGainBandwidth / plain).toBeLessThan(1.25);
        expect(phaseMargin, `quality ${quality} at ${at} Hz`).toBeLessThan(-30);
        expect(gainPeaking).toBeGreaterThan(3);
      }
    }
  });

  it("with poles that grow has a margin below zero, though its phase turns forward", () => {
    for (const quality of [1.5, 3, 10]) {
      const { phaseMargin } = response(1e3, [11e3], [{ at: 15e6, quality, damping: -1 }]) ?? {};
      expect(phaseMargin, `quality ${quality}`).toBeLessThan(0);
    }
  });

  it("that comes back near 1 from below is seen in the peaking, though nothing crosses", () => {
    // Ten times above the bandwidth the gain is -20 dB; a quality of 6 brings it back to -4.4 dB.
    const { phaseMargin, gainPeaking } = response(1e3, [10e3], [{ at: 100e6, quality: 6 }]) ?? {};
    expect(phaseMargin).toBeGreaterThan(85);
    expect(gainPeaking).toBeGreaterThan(3);
    // A quality of 2 leaves it at -14 dB, which no feedback minds.
    expect(response(1e3, [10e3], [{ at: 100e6, quality: 2 }])?.gainPeaking).toBe(0);
  });

  it("that a zero holds just above 1 has the bandwidth that its pole gives", () => {
    const held = response(1e3, [10e3, 1e9], [], [8e6]);
    expect(held?.unityGainBandwidth).toBeGreaterThan(9e6);
    expect(held?.unityGainBandwidth).toBeLessThan(11e6);
  });

  it("that never reaches 1 or never leaves it tells nothing", () => {
    expect(response(0.5, [1e6])).toBeUndefined();
    expect(response(1e6, [9e9])).toBeUndefined();
  });
});
