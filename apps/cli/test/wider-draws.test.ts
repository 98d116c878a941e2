import type { PluginHost, SeedTopology } from "@topogenie/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInHost } from "./built-in-host.js";
import { emptyFolder } from "./command.js";

let host: PluginHost;
beforeAll(async () => {
  host = await builtInHost(await emptyFolder());
});
afterAll(() => host.dispose());

async function seedsOf(name: string, options: object): Promise<SeedTopology[]> {
  const family = await host.create("circuit-family", name, options, "family");
  return [...family.seeds()];
}

const drawingOf = ({ circuit }: SeedTopology): string =>
  circuit.devices.map(({ type, nets }) => `${type} ${nets.join(" ")}`).join("\n");

describe("seeds", () => {
  it.each(["lna", "mixer", "pa", "vco"])("of %s are among those that a wider draw gives, which are many more", async (name) => {
    const wide = new Set((await seedsOf(name, { departures: 9 })).map(drawingOf));
    expect(wide.size).toBeGreaterThan(3000);
    expect((await seedsOf(name, {})).filter((seed) => !wide.has(drawingOf(seed)))).toEqual([]);
  });
});
