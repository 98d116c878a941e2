import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const script = join(import.meta.dirname, "train-until-killed.mjs");

/** Runs the training, killed with SIGKILL as soon as it reports the step that is given; returns the last checkpoint's folder. */
async function train(directory: string, resume: "anew" | "resume", killAt?: number): Promise<string | undefined> {
  const child = spawn(process.execPath, [script, directory, resume], { stdio: ["ignore", "pipe", "inherit"] });
  let words = "";
  child.stdout.on("data", (chunk: Buffer) => {
    words += chunk.toString();
    if (killAt !== undefined && words.split("\n").includes(String(killAt))) child.kill("SIGKILL");
  });
  const signal = await new Promise((resolve) => child.on("close", (_, name) => resolve(name)));
  expect(signal).toBe(killAt === undefined ? null : "SIGKILL");
  return /done (.*)/.exec(words)?.[1];
}

it("a training that is killed and resumed again and again ends with the weights of an uninterrupted one", async () => {
  const directory = await mkdtemp(join(tmpdir(), "topogenie-kill-"));
  const whole = await train(join(directory, "whole"), "anew");
  await train(join(directory, "killed"), "anew", 9);
  await train(join(directory, "killed"), "resume", 30);
  await train(join(directory, "killed"), "resume", 47);
  const killed = await train(join(directory, "killed"), "resume");
  for (const file of ["weights.safetensors", "optimizer.safetensors", "average.safetensors"]) {
    const [one, other] = await Promise.all([whole, killed].map((folder) => readFile(join(folder ?? "", file))));
    expect(one?.equals(other as Buffer)).toBe(true);
  }
  await rm(directory, { recursive: true });
});
