import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEngineeringNumber } from "../../src/circuit/netlist/engineering-number.js";

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

  it("reads back every number as it was written", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseEngineeringNumber(String(value))).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });
});
