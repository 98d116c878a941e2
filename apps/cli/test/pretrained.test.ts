import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { configSchema, findStartingPoint, type AttemptVerdict } from "@topogenie/core";
import { emptyFolder, run, type Finished } from "./command.js";

const config = `
corpus: { families: [cmos-logic] }
encode: { scheme: netlist, walks: 1 }
train: { from: "@topogenie/pretrained", steps: 0 }
generate: { attempts: 12, rows: 12, conditions: { family: opamp } }
`;
let folder: string;
let asItIs: Finished;

beforeAll(async () => {
  folder = await emptyFolder({ "topogenie.config.yaml": config });
  asItIs = await discover("--tag", "whole", "--to", "verify");
}, 300_000);

const discover = (...options: readonly string[]): Promise<Finished> => run(folder, "discover", ...options);
const text = (tag: string, file: string): Promise<string> => readFile(join(folder, "runs", tag, file), "utf8");
const verdicts = async (tag: string): Promise<AttemptVerdict[]> =>
  (await text(tag, "5-verify/verdicts.jsonl"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AttemptVerdict);

describe("the shipped checkpoint", () => {
  it("takes at most 16 MB and says what it was trained on", async () => {
    const train = configSchema.parse({ train: { from: "@topogenie/pretrained", steps: 0 } });
    const shipped = await findStartingPoint(train, dirname(fileURLToPath(import.meta.url)));
    if (shipped === undefined) throw new Error("the package has no checkpoint");
    const files = await Promise.all(
      ["checkpoint.json", "weights.safetensors"].map(async (name) => (await stat(join(shipped.folder, name))).size),
    );
    expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThan(16 * 1024 * 1024);
    expect(shipped.checkpoint.knownCircuits?.length).toBeGreaterThan(6000);
    expect(shipped.checkpoint.metrics.validationLoss).toBeGreaterThan(0);
  });

  it("writes circuits that end, decode and obey the electrical rules", async () => {
    expect(asItIs.stderr).toContain("@topogenie/pretrained as it is");
    expect(asItIs.stderr).toContain("of 12: decoded 12, structural 12");
    expect((await verdicts("whole")).map(({ attempt }) => attempt)).toEqual(Array.from({ length: 12 }, (_, index) => index));
  });

  it("writes the same circuits for the same seed, in batches of any size, and others for another", async () => {
    const attempts = await text("whole", "4-generate/attempts.jsonl");
    await discover("--tag", "batches", "--to", "generate", "--set", "generate.rows=5");
    expect(await text("batches", "4-generate/attempts.jsonl")).toBe(attempts);
    await discover("--tag", "seed", "--to", "generate", "--seed", "2");
    expect(await text("seed", "4-generate/attempts.jsonl")).not.toBe(attempts);
  }, 300_000);

  it("writes as many devices as it is asked for", async () => {
    const many = ["--set", "generate.conditions={deviceCount: 56}", "--set", "generate.attempts=2"];
    await discover("--tag", "many", "--to", "verify", ...many);
    expect((await verdicts("many")).map(({ deviceCount }) => deviceCount)).toEqual([56, 56]);
  }, 300_000);

  it("can be trained further, and says where a config does not fit it", async () => {
    const further = await discover("--tag", "further", "--to", "train", "--set", "train.steps=2");
    expect(further.stderr).toMatch(/2 steps, \d+ tokens/);
    const other = await discover("--tag", "other", "--set", "train.model.width=64");
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/CHECKPOINT_UNFIT .*train\.model\.width is 64, but its network has 128/);
  }, 300_000);
});
