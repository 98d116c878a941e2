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
finetune: { rounds: 1, simulations: 8 }
`;
let folder: string;

beforeAll(async () => {
  folder = await emptyFolder({ "topogenie.config.yaml": config });
});

const finetune = (...options: readonly string[]): Promise<Finished> =>
  run(folder, "finetune", "topogenie.config.yaml", ...options);
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
    expect(rounds.map(({ families }) => families.map(({ family, ladder }) => [family, ladder.attempts]))).toEqual([
      [["opamp", 8]],
      [["opamp", 8]],
    ]);
    expect(rounds[0]?.lessons).toBeGreaterThan(0);
  }, 300_000);

  it("leaves a folder that is told apart from a run's", async () => {
    const { stderr, code } = await run(folder, "evaluate", "runs/better");
    expect(code).toBe(2);
    expect(stderr).toContain("runs/better is a fine-tuning, not a run");
  });

  it("asks for several families, each with a budget of its own, and follows the policy gradient on a leash", async () => {
    const settings = [
      "finetune.method=policy-gradient",
      "finetune.families.opamp.attempts=6",
      "finetune.families.vco.simulations=0",
    ];
    const { stdout, code } = await finetune("--tag", "gradient", ...settings.flatMap((setting) => ["--set", setting]));
    expect(stdout).toContain("Divergence from the first model, nats a sentence: 0");
    expect(code).toBe(0);
    const { rounds } = await summary("gradient");
    const [first] = rounds;
    expect(first?.families.map(({ family, ladder }) => [family, ladder.attempts, ladder.rungs.length])).toEqual([
      ["opamp", 6, 7],
      ["vco", 8, 5],
    ]);
    expect(first?.divergence).toBe(0);
    expect(rounds[1]?.divergence).not.toBe(0);
  }, 300_000);

  it("stopped and resumed it ends with the same figures, and refuses to go on with another config", async () => {
    const first = start(folder, "finetune", "topogenie.config.yaml", "--tag", "again");
    await first.said("Round 1 of 1");
    first.kill("SIGKILL");
    await first.finished;
    expect((await finetune("--tag", "again")).stderr).toContain("RUN_EXISTS");
    expect((await finetune("--tag", "again", "--resume", "--seed", "2")).stderr).toContain("FINETUNING_CHANGED");
    expect((await finetune("--tag", "again", "--resume")).code).toBe(0);
    expect((await summary("again")).rounds).toEqual((await summary("better")).rounds);
  }, 300_000);
});
