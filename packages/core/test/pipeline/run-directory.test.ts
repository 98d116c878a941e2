import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { RunDirectory } from "../../src/pipeline/run-directory.js";

let path: string;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), "topogenie-run-")), "tag");
});

describe("a run directory", () => {
  it("lets one process in at a time, and says which one is there", async () => {
    const run = await RunDirectory.open(path);
    await expect(RunDirectory.open(path)).rejects.toThrow(`Process ${process.pid} is working in this run directory`);
    await run.close();
    await (await RunDirectory.open(path)).close();
  });

  it("takes over from a process that is gone", async () => {
    await (await RunDirectory.open(path)).close();
    const { pid } = spawnSync("true");
    await writeFile(join(path, "run.lock"), String(pid));
    await (await RunDirectory.open(path)).close();
    expect(await readdir(path)).not.toContain("run.lock");
  });

  it("knows a stage as begun, then as done, and not at all when its record is torn", async () => {
    const run = await RunDirectory.open(path);
    expect(await run.stageRecord("1-corpus")).toBeUndefined();
    await run.beginStage("1-corpus", "key");
    expect(await run.stageRecord("1-corpus")).toEqual({ key: "key", state: "begun" });
    await run.finishStage("1-corpus", "key", "hash");
    expect(await run.stageRecord("1-corpus")).toEqual({ key: "key", state: "done", outputHash: "hash" });
    await writeFile(run.stageFile("1-corpus", "stage.json"), '{"key":');
    expect(await run.stageRecord("1-corpus")).toBeUndefined();
    await run.close();
  });

  it("says what to change when it cannot be written", async () => {
    await writeFile(path, "a file");
    await expect(RunDirectory.open(join(path, "inside"))).rejects.toThrow("Choose another with --set runs=FOLDER.");
  });
});
