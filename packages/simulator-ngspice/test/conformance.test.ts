import { createRng, silentLogger, type Simulator } from "@topogenie/core";
import { simulatorConformance } from "@topogenie/core/testing";
import plugin from "@topogenie/simulator-ngspice";
import { describe, it } from "vitest";

async function createSimulator(): Promise<Simulator> {
  const [provided] = plugin.provides;
  if (provided?.kind !== "simulator") throw new Error("the plugin provides no simulator");
  const context = {
    logger: silentLogger,
    rng: createRng(1),
    signal: new AbortController().signal,
    workDirectory: ".",
    workers: 1,
    deviceTypes: new Map(),
    use: () => Promise.reject(new Error("not needed")),
  };
  return (await provided.create(provided.options.parse({}), context)) as Simulator;
}

describe("simulator conformance", async () => {
  for (const { name, run } of await simulatorConformance(createSimulator)) it(name, run);
});
