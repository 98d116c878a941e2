import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBound, formatCount, formatNumber, formatQuantity, formatShare, formatSize } from "../src/html/number-format.js";

const NARROW = "\u202f";

describe("formatQuantity", () => {
  it.each([
    [1.2345e6, "Hz", "1.23 MHz"],
    [4.5e-6, "W", "4.50 µW"],
    [71.23, "dB", "71.2 dB"],
    [999.96, "Hz", "1.00 kHz"],
    [999.4, "Hz", "999 Hz"],
    [-0.0123, "V", "−12.3 mV"],
    [10e3, "ohm", "10.0 kΩ"],
    [1e-12, "F", "1.00 pF"],
    [0, "V", "0 V"],
    [63.4, "°", "63.4°"],
    [63.4, "deg", "63.4°"],
    [4, "1", "4"],
    [0.5, "1", "0.500"],
    [168.5, "MHz·pF/mW", "169 MHz·pF/mW"],
    [3.2e-25, "F", "3.2·10⁻⁷ aF"],
    [Number.NaN, "V", "– V"],
    [Number.POSITIVE_INFINITY, "dB", "∞ dB"],
  ])("writes %d %s as %s", (value, unit, text) => {
    expect(formatQuantity(value, unit).replaceAll(NARROW, " ")).toBe(text);
  });

  it("keeps the value to three digits whatever its size", () => {
    const prefixes: Record<string, number> = { a: -18, f: -15, p: -12, n: -9, µ: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12 };
    fc.assert(
      fc.property(fc.double({ min: 1e-17, max: 1e14, noNaN: true }), (value) => {
        const match = /^([\d.]+)\u202f([afpnµmkMGT]?)V$/.exec(formatQuantity(value, "V"));
        expect(match).not.toBeNull();
        const read = Number(match?.[1]) * 10 ** (prefixes[match?.[2] ?? ""] ?? Number.NaN);
        expect(Math.abs(read - value) / value).toBeLessThan(0.0051);
        expect(Number(match?.[1])).toBeGreaterThanOrEqual(1);
        expect(Number(match?.[1])).toBeLessThan(1000);
      }),
    );
  });
});

describe("the other formats", () => {
  it("writes bounds as they were given", () => {
    expect(formatBound(60, "dB")).toBe(`60${NARROW}dB`);
    expect(formatBound(1e-3, "W")).toBe(`1${NARROW}mW`);
    expect(formatBound(45, "°")).toBe("45°");
    expect(formatBound(0, "V")).toBe(`0${NARROW}V`);
  });

  it("writes sizes short", () => {
    expect(formatSize(1e-5)).toBe("10µ");
    expect(formatSize(1.8e-7)).toBe("180n");
    expect(formatSize(4700)).toBe("4.7k");
    expect(formatSize(0)).toBe("0");
  });

  it("groups counts and rounds shares", () => {
    expect(formatCount(3_800_000)).toBe(`3${NARROW}800${NARROW}000`);
    expect(formatShare(0.0623)).toBe(`6.2${NARROW}%`);
    expect(formatShare(0.796)).toBe(`80${NARROW}%`);
    expect(formatShare(0)).toBe(`0${NARROW}%`);
    expect(formatShare(1)).toBe(`100${NARROW}%`);
    expect(formatShare(0.999)).toBe(`99.9${NARROW}%`);
  });

  it("writes very large and very small numbers as powers", () => {
    expect(formatNumber(1.5e9)).toBe("1.5·10⁹");
    expect(formatNumber(-2e-7)).toBe("−2·10⁻⁷");
    expect(formatNumber(0.00123)).toBe("0.00123");
  });
});
