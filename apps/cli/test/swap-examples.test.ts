import { spawnSync } from "node:child_process";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig } from "@topogenie/core";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

/** What makes an example small enough for a test; what is swapped stays as the example says. */
const tiny = [
  "corpus.maximumDevices=6",
  "encode.walks=3",
  "train.model={layers: 1, heads: 2, width: 32, context: 128, norm: rms, positions: rotary, qkNorm: true}",
  "train.steps=8",
  "generate.attempts=4",
  "sizing.candidates=1",
  "sizing.screening=4",
  "sizing.circuits=1",
  "sizing.simulations=8",
  "sizing.batch=4",
].flatMap((override) => ["--set", override]);

/** Each swap: from the first config to the others, by which keys alone, and what is not done again for it. */
const swaps = [
  {
    folder: "swap-optimizer",
    from: "genetic-algorithm",
    to: ["cma-es", "reinforcement-learning"],
    keys: ["sizing.optimizer"],
    keeps: 5,
  },
  { folder: "swap-scheme", from: "eulerian", to: ["netlist"], keys: ["encode.scheme", "encode.options"], keeps: 1 },
  { folder: "swap-simulator", from: "wasm", to: ["native"], keys: ["simulator.engine"], keeps: 4 },
  { folder: "swap-backend", from: "onnxruntime", to: ["tfjs-wasm"], keys: ["train.backend"], keeps: 2 },
] as const;

const hasNgspice = spawnSync("ngspice", ["--version"]).error === undefined;
let folder: string;

const discover = (file: string, tag: string, ...args: readonly string[]) =>
  run(folder, "discover", join(examples, file), "--tag", tag, "--runs", join(folder, "runs"), "--workers", "1", ...tiny, ...args);

beforeAll(async () => {
  folder = await emptyFolder();
  const finished = await discover("swap-optimizer/genetic-algorithm.config.yaml", "begun");
  expect(finished.code, finished.stderr).toBe(0);
}, 240_000);

describe.each(swaps)("$folder", ({ folder: name, from, to, keys, keeps }) => {
  it("is a config each and a text that names them", async () => {
    const files = (await readdir(join(examples, name))).sort();
    expect(files).toEqual([...[from, ...to].map((config) => `${config}.config.yaml`), "README.md"].sort());
    const text = await readFile(join(examples, name, "README.md"), "utf8");
    for (const config of [from, ...to]) expect(text).toContain(`${config}.config.yaml`);
  });

  it.each(to)("%s changes nothing but what is swapped", async (other) => {
    const [one, two] = await Promise.all(
      [from, other].map(async (config) => flat((await loadConfig(join(examples, name, `${config}.config.yaml`))).config)),
    );
    const differing = [...new Set([...Object.keys(one ?? {}), ...Object.keys(two ?? {})])].filter(
      (key) => one?.[key] !== two?.[key],
    );
    expect(differing.length).toBeGreaterThan(0);
    expect(differing.filter((key) => !keys.some((swapped) => key.startsWith(swapped)))).toEqual([]);
  });

  // Begun from the first config's finished run: what a swap does not touch is not done again.
  for (const other of to) {
    const test = other === "native" ? it.skipIf(!hasNgspice) : it;
    test(`${other} runs, and keeps what does not depend on it`, { timeout: 240_000 }, async () => {
      await cp(join(folder, "runs/begun"), join(folder, "runs", other), { recursive: true });
      const finished = await discover(`${name}/${other}.config.yaml`, other, "--resume");
      expect(finished.code, finished.stderr).toBe(0);
      // It may be more: a stage whose inputs come out the same is not done again either.
      expect((finished.stderr.match(/already done/g) ?? []).length).toBeGreaterThanOrEqual(keeps);
    });
  }
});

/** A config as leaves by path. */
function flat(value: unknown, path: readonly string[] = []): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { [path.join(".")]: JSON.stringify(value) };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(inner, [...path, key]))) as Record<string, string>;
}
