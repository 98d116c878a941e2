import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configJsonSchema, loadConfig, parseOverride } from "@topogenie/core";

async function configFile(text: string, name = "topogenie.config.yaml"): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "topogenie-config-")), name);
  await writeFile(file, text);
  return file;
}

async function problem(text: string, overrides: readonly string[] = []): Promise<string> {
  const file = await configFile(text);
  try {
    await loadConfig(file, overrides.map(parseOverride));
  } catch (cause) {
    return (cause as Error).message.replaceAll(file, "config.yaml");
  }
  throw new Error("the config was taken");
}

describe("a config", () => {
  it("may be empty: every key has a default", async () => {
    const { config } = await loadConfig(await configFile(""));
    expect(config.sizing.optimizer).toBe("ga");
    expect(config.encode.scheme).toBe("eulerian");
  });

  it("names the line of an unknown key and the nearest valid one", async () => {
    expect(await problem("seed: 1\nsizing:\n  optimiser: ga\n")).toBe(
      "config.yaml is not a valid config:\n" +
        '  config.yaml:3: sizing.optimiser: unknown key. Did you mean "optimizer"? Valid keys: optimizer, options, family, familyOptions, ' +
        "rung, circuits, screening, candidates, simulations, seconds, batch, firstGuess, specification, objectives.",
    );
  });

  it("names every problem at once", async () => {
    const text = await problem("seed: -1\ntrain:\n  steps: many\n");
    expect(text).toContain("config.yaml:1: seed: Too small");
    expect(text).toContain("config.yaml:3: train.steps: Invalid input: expected number, received string");
  });

  it("names the line of broken YAML", async () => {
    expect(await problem("seed: 1\ntag: [a\nruns: b\n")).toMatch(/^config\.yaml:3: not valid YAML/);
  });

  it("says how to write one when it is missing", async () => {
    await expect(loadConfig("nowhere/topogenie.config.yaml")).rejects.toThrow(
      "Cannot read the config nowhere/topogenie.config.yaml (ENOENT). Write one with: topogenie init",
    );
  });

  it("in TypeScript is the same", async () => {
    const file = await configFile(`const steps: number = 7; export default { train: { steps } };`, "topogenie.config.ts");
    expect((await loadConfig(file)).config.train.steps).toBe(7);
  });

  it("has its JSON Schema published beside the code, and up to date: topogenie config-schema > packages/core/config.schema.json", async () => {
    const published: unknown = JSON.parse(await readFile(new URL("../../config.schema.json", import.meta.url), "utf8"));
    expect(published).toEqual(configJsonSchema());
  });

  it("gives its JSON Schema, with a description for keys that need one", () => {
    const schema = configJsonSchema();
    expect(schema).toHaveProperty("properties.sizing.properties.optimizer.description");
    expect(schema).toHaveProperty("additionalProperties", false);
  });
});

describe("--set", () => {
  it("sets any value, options of plugins too", async () => {
    const file = await configFile("sizing:\n  options:\n    population: 8\n    elites: 1\n");
    const overrides = ["sizing.options.population=64", "corpus.families=[a, b]", "generate.grammar=false", "tag=second"].map(
      parseOverride,
    );
    const { config } = await loadConfig(file, overrides);
    expect(config.sizing.options).toEqual({ population: 64, elites: 1 });
    expect(config.corpus.families).toEqual(["a", "b"]);
    expect(config.generate.grammar).toBe(false);
    expect(config.tag).toBe("second");
  });

  it("says that the fault is its own, not the file's", async () => {
    expect(await problem("seed: 1\n", ["train.step=3"])).toContain('--set: train.step: unknown key. Did you mean "steps"?');
  });

  it.each(["steps", "=3", "a..b=1", "__proto__.x=1"])("refuses %s", (text) => {
    expect(() => parseOverride(text)).toThrow(/^--set /);
  });
});
