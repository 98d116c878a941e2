import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const circuits = `
.subckt follower VDD VSS VIN1 VOUT1
M1 VDD VIN1 VOUT1 VSS nmos4
R1 VOUT1 VSS resistor
.ends
.subckt common_source VDD VSS VIN1 VOUT1
M1 VOUT1 VIN1 VSS VSS nmos4
R1 VDD VOUT1 resistor
.ends
.subckt divider VDD VSS VOUT1
R1 VDD VOUT1 resistor
R2 VOUT1 VSS resistor
.ends
`;

/** A user's own scheme, in TypeScript. */
const scheme = `
import { isMainThread } from "node:worker_threads";
import { z } from "zod";
import { API_VERSION, definePlugin, provide } from "@topogenie/core";

export default definePlugin({
  apiVersion: API_VERSION,
  name: "my-scheme",
  version: "1.0.0",
  provides: [
    provide({
      kind: "tokenization-scheme",
      name: "mine",
      description: "Eulerian walks under another name.",
      options: z.strictObject({ mainThreadOnly: z.boolean().default(false) }),
      create: (options: { mainThreadOnly: boolean }, context) => {
        if (options.mainThreadOnly && !isMainThread) throw new Error("this library wants the main thread");
        return context.use("tokenization-scheme", "eulerian");
      },
    }),
  ],
});
`;

const config = `
plugins: [./scheme.ts]
corpus: { families: [], imports: [circuits.cir], rules: report }
encode: { scheme: mine, walks: 1, validation: 0 }
train:
  model: { layers: 1, heads: 1, width: 16, context: 64 }
  steps: 12
  checkpointEvery: 3
`;

let folder: string;

beforeAll(async () => {
  const core = JSON.stringify(import.meta.resolve("@topogenie/core"));
  const zod = JSON.stringify(import.meta.resolve("zod"));
  folder = await emptyFolder({
    "circuits.cir": circuits,
    "topogenie.config.yaml": config,
    "scheme.ts": scheme.replace(`"@topogenie/core"`, core).replace(`"zod"`, zod),
  });
});

function train(runs: string, ...settings: readonly string[]): ReturnType<typeof run> {
  return run(folder, "discover", "--tag", "run", "--runs", runs, "--to", "train", ...settings.flatMap((set) => ["--set", set]));
}

function losses(runs: string): Promise<string> {
  return readFile(join(folder, runs, "run/3-train/model/losses.jsonl"), "utf8");
}

describe("a training draws new walks for every epoch, in a thread", () => {
  it("which are those that the encode stage would have written, of a user's own scheme too", { timeout: 120_000 }, async () => {
    expect((await train("drawn")).code).toBe(0);
    expect((await train("on-disk", "encode.walks=12", "train.walks=written", "encode.options.mainThreadOnly=true")).code).toBe(0);
    const drawn = await losses("drawn");
    expect(drawn.trim().split("\n")).toHaveLength(12);
    expect(await losses("on-disk")).toBe(drawn);
  });

  it(
    "and a scheme that cannot be loaded in a thread is told before the training, with what to do",
    { timeout: 120_000 },
    async () => {
      const refused = await train("refused", "encode.options.mainThreadOnly=true");
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/WALKS_WORKER_FAILED.*this library wants the main thread.*train\.walks: written/);
    },
  );
});
