import { describe, expect, it } from "vitest";
import { commandLines } from "../../src/spice/command-lines.js";

describe("commandLines", () => {
  it("puts commands on one line, in order", () => {
    expect(commandLines(["op", "write a all", "destroy all"])).toEqual(["op; write a all; destroy all"]);
    expect(commandLines([])).toEqual([]);
  });

  it("begins another line before one grows too long, and loses none", () => {
    const commands = Array.from({ length: 500 }, (_, index) => `alter mm${index} w = 5e-6`);
    const lines = commandLines(commands);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(4000);
    expect(lines.join("; ").split("; ")).toEqual(commands);
  });

  it("refuses what would be read as two commands", () => {
    expect(() => commandLines(["op; shell ls"])).toThrow(/semicolon/);
  });
});
