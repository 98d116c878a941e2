import { describe, expect, it } from "vitest";
import { seeds } from "../src/seeds.js";

const drawingOf = ({ circuit }: { circuit: { devices: readonly { type: string; nets: readonly string[] }[] } }): string =>
  circuit.devices.map(({ type, nets }) => `${type} ${nets.join(" ")}`).join("\n");

describe("seeds", () => {
  it("are among those that a wider draw gives, which are many more", () => {
    const wide = new Set([...seeds(9)].map(drawingOf));
    expect(wide.size).toBeGreaterThan(3000);
    expect([...seeds()].filter((seed) => !wide.has(drawingOf(seed)))).toEqual([]);
  });
});
