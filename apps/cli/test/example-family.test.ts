import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { silentLogger, type CircuitFamily, type Plugin } from "@topogenie/core";
import { circuitFamilyConformance } from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";
import { allDeviceTypes } from "./simulated-family.js";

const example = fileURLToPath(new URL("../../../examples/current-mirror/", import.meta.url));
const deviceTypes = await allDeviceTypes();

async function exampleFamily(): Promise<CircuitFamily> {
  const { default: plugin } = (await import(pathToFileURL(join(example, "index.js")).href)) as { default: Plugin };
  const [provided] = plugin.provides;
  if (provided === undefined) throw new Error("the example provides nothing");
  return (await provided.create(provided.options.parse({}), {
    logger: silentLogger,
    signal: new AbortController().signal,
    workDirectory: example,
    workers: 1,
    deviceTypes,
    rng: (await import("@topogenie/core")).createRng("example"),
    use: () => Promise.reject(new Error("nothing else is used")),
  })) as CircuitFamily;
}

const family = await exampleFamily();

describe("the example family outside packages/", () => {
  for (const { name, run: check } of circuitFamilyConformance(family, deviceTypes)) it(name, check);

  it("imports nothing of the project but core", async () => {
    for (const file of (await readdir(example)).filter((name) => name.endsWith(".js"))) {
      const imports = [...(await readFile(join(example, file), "utf8")).matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
      for (const name of imports) expect(name).toMatch(/^(\.\/|@topogenie\/core$|zod$)/);
    }
  });

  it("is found by a relative path in a config, trained on, verified and sized", { timeout: 240_000 }, async () => {
    const folder = await emptyFolder({});
    const files = {
      "topogenie.config.yaml": `
seed: 2
plugins: [${JSON.stringify(relative(folder, join(example, "index.js")))}]
corpus: { families: [current-mirror] }
encode: { validation: 0, options: { walk: depth-first, deviceNumbers: visit } }
train:
  model: { layers: 2, heads: 2, width: 64, context: 160, norm: rms, positions: rotary, qkNorm: true }
  steps: 80
  schedule: { peak: 0.005 }
generate: { attempts: 12, rows: 8, temperature: 0.3 }
sizing: { family: current-mirror, rung: simulatable, candidates: 2, screening: 8, circuits: 1, simulations: 24, batch: 8, options: { population: 8 } }
`,
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const finished = await run(folder, "discover", "--tag", "run", "--runs", "runs", "--workers", "1");
    expect(finished.stderr).toMatch(/candidates sized/);
    expect(finished.code).toBe(0);
    const corpus = await readFile(join(folder, "runs/run/report.html"), "utf8");
    expect(corpus).toContain("current-mirror");
  });
});
