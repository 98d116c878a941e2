import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatEngineeringNumber, parseEngineeringNumber } from "../../src/circuit/netlist/engineering-number.js";

describe("engineering numbers", () => {
  it.each([
    ["1", 1],
    ["-2.5", -2.5],
    [".5", 0.5],
    ["1e-6", 1e-6],
    ["180n", 180e-9],
    ["10K", 10e3],
    ["1MEG", 1e6],
    ["1M", 1e-3],
    ["3.3u", 3.3e-6],
    ["3.3µ", 3.3e-6],
    ["100f", 100e-15],
    ["10pF", 10e-12],
    ["2G", 2e9],
    ["1T", 1e12],
    ["4mil", 4 * 25.4e-6],
    ["1e3k", 1e6],
    ["50Ohm", 50],
  ])("reads %s", (text, value) => expect(parseEngineeringNumber(text)).toBe(value));

  it.each(["", "k", "1k5", "w", "--1", "1 2", "{w}", "0x10"])("does not read %j", (text) =>
    expect(parseEngineeringNumber(text)).toBeUndefined(),
  );

  it.each([
    [180e-9, "180n"],
    [1e-6, "1u"],
    [-2.5e-12, "-2.5p"],
    [10e3, "10k"],
    [1.2345e6, "1.2345meg"],
    [42, "42"],
    [0, "0"],
    [1e-18, "1e-18"],
    [1e30, "1e+30"],
  ])("writes %d as %s", (value, text) => expect(formatEngineeringNumber(value)).toBe(text));

  it("reads back every number that it wrote, to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -16, max: 13 }), (double, exponent) => {
        for (const value of [double, Number(`${double.toPrecision(4).split("e")[0] ?? ""}e${exponent}`)]) {
          expect(parseEngineeringNumber(formatEngineeringNumber(value))).toBe(value === 0 ? 0 : value);
        }
      }),
    );
  });

  it("reads numbers as JavaScript writes them", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseEngineeringNumber(String(value))).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });
});
