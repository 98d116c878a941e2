import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { experimentSchema, loadConfigOf, planExperiment, silentLogger } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { builtInPlugins } from "../src/built-in-plugins.js";
import { emptyFolder } from "./command.js";

const folder = fileURLToPath(new URL("../../../examples/experiments", import.meta.url));

describe("the experiments of the examples", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml") && !name.endsWith(".config.yaml"));

  it.each(files)("%s can be begun as it is: every variant, its plugins and what it begins from are there", async (name) => {
    const loaded = await loadConfigOf(experimentSchema, join(folder, name), []);
    const { variants, trials } = await planExperiment({
      loaded,
      runPath: await emptyFolder({}),
      builtIn: builtInPlugins,
      versions: {},
      logger: silentLogger,
      signal: new AbortController().signal,
    });
    expect(variants.length).toBeGreaterThan(1);
    expect(trials.length).toBe(variants.length * loaded.config.seeds.length);
  });
});
