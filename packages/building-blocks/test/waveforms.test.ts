import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossings } from "../src/waveforms/crossings.js";
import { fourierComponent } from "../src/waveforms/fourier.js";
import { integral, mean } from "../src/waveforms/integral.js";

const samples = (count: number, stop: number, at: (t: number) => number): [Float64Array, Float64Array] => {
  const x = Float64Array.from({ length: count }, (_, index) => (stop * index) / (count - 1));
  return [x, x.map(at)];
};

describe("waveforms", () => {
  it("cross a level where the line between two samples does", () => {
    const x = Float64Array.of(0, 1, 2, 3);
    const y = Float64Array.of(0, 2, 2, 0);
    expect(crossings(x, y, 1, "either")).toEqual([0.5, 2.5]);
    expect(crossings(x, y, 1, "rising")).toEqual([0.5]);
    expect(crossings(x, y, 1, "falling")).toEqual([2.5]);
  });

  it("count a level that a sample hits once", () => {
    expect(crossings(Float64Array.of(0, 1, 2), Float64Array.of(-1, 0, 1), 0, "either")).toEqual([1]);
  });

  it("are integrated over a part of their span", () => {
    const [x, y] = samples(11, 10, (t) => t);
    expect(integral(x, y, 2.5, 7.5)).toBeCloseTo(25, 12);
    expect(mean(x, y, 2.5, 7.5)).toBeCloseTo(5, 12);
  });

  it("give back the component that they are made of, whatever the others", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (amplitude, phase) => {
          const [x, y] = samples(
            4001,
            2,
            (t) => 0.7 + amplitude * Math.cos(2 * Math.PI * 3 * t + phase) + Math.sin(2 * Math.PI * 5 * t),
          );
          const found = fourierComponent(x, y, 3, 0, 2);
          expect(found.amplitude).toBeCloseTo(amplitude, 3);
          expect(Math.cos(found.phase - phase)).toBeCloseTo(1, 4);
        },
      ),
    );
  });
});
