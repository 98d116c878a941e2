import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { FinetuningSummary } from "@topogenie/core";
import { emptyFolder, run, start, type Finished } from "./command.js";

const config = `
tag: better
corpus: { families: [comparator] }
encode: { scheme: netlist, options: { order: circuit, pins: circuit }, conditions: [family] }
train: { from: "@topogenie/pretrained", rows: 2, length: 192, steps: 3 }
generate: { attempts: 8, temperature: 0.8, conditions: { family: opamp, deviceCount: 11 } }
sizing: { family: opamp }
`;
let folder: string;

beforeAll(async () => {
  folder = await emptyFolder({ "topogenie.config.yaml": config });
});

const finetune = (...options: readonly string[]): Promise<Finished> =>
  run(folder, "finetune", "topogenie.config.yaml", "--rounds", "1", "--simulations", "8", ...options);
const summary = async (tag: string): Promise<FinetuningSummary> =>
  JSON.parse(await readFile(join(folder, "runs", tag, "finetuning.json"), "utf8")) as FinetuningSummary;

describe("finetune", () => {
  it("shows the ladder before and after, equally sampled, and leaves a checkpoint", async () => {
    const { stdout, stderr, code } = await finetune();
    expect(stderr + stdout).toContain("Checkpoint: ./runs/better/round-0/model");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^before /m);
    expect(stdout).toMatch(/^after /m);
    const { rounds } = await summary("better");
    expect(rounds.map(({ ladder }) => ladder.attempts)).toEqual([8, 8]);
    expect(rounds[0]?.lessons).toBeGreaterThan(0);
  }, 300_000);

  it("stopped and resumed it ends with the same figures, and refuses to go on with another config", async () => {
    const first = start(folder, "finetune", "topogenie.config.yaml", "--rounds", "1", "--simulations", "8", "--tag", "again");
    await first.said("Round 1 of 1");
    first.kill("SIGKILL");
    await first.finished;
    expect((await finetune("--tag", "again")).stderr).toContain("RUN_EXISTS");
    expect((await finetune("--tag", "again", "--resume", "--seed", "2")).stderr).toContain("FINETUNING_CHANGED");
    expect((await finetune("--tag", "again", "--resume")).code).toBe(0);
    expect((await summary("again")).rounds).toEqual((await summary("better")).rounds);
  }, 300_000);
});
