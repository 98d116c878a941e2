import { createRng, silentLogger, type Simulator } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import plugin, { findNgspice } from "../src/index.js";

async function createSimulator(options: object = {}): Promise<Simulator> {
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
  return (await provided.create(provided.options.parse(options), context)) as Simulator;
}

describe("without ngspice", () => {
  it("says what is missing and how to get it", async () => {
    await expect(findNgspice("no-such-ngspice")).rejects.toMatchObject({ code: "NGSPICE_NOT_FOUND" });
    await expect(createSimulator({ command: "no-such-ngspice" })).rejects.toThrow(/apt-get install ngspice/);
  });

  it("does not take any program for ngspice", async () => {
    await expect(findNgspice("echo")).rejects.toThrow(/is no ngspice/);
  });
});
