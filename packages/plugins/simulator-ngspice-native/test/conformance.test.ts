import { execFileSync } from "node:child_process";
import { createRng, silentLogger, type Simulator } from "@topogenie/core";
import { simulatorConformance } from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import plugin, { findNgspice } from "../src/index.js";

function isInstalled(): boolean {
  try {
    execFileSync("ngspice", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

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

describe("simulator conformance (needs ngspice: apt-get install ngspice)", async () => {
  if (!isInstalled()) return it.skip("keeps the promises of a simulator");
  for (const { name, run } of await simulatorConformance(createSimulator)) it(name, run);
});

describe("without ngspice", () => {
  it("says what is missing and how to get it", async () => {
    await expect(findNgspice("no-such-ngspice")).rejects.toMatchObject({ code: "NGSPICE_NOT_FOUND" });
    await expect(createSimulator({ command: "no-such-ngspice" })).rejects.toThrow(/apt-get install ngspice/);
  });

  it("does not take any program for ngspice", async () => {
    await expect(findNgspice("echo")).rejects.toThrow(/is no ngspice/);
  });
});
