import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { inRunDirectory } from "../../src/pipeline/work-in-run.js";

let runPath: string;

beforeEach(async () => {
  runPath = join(await mkdtemp(join(tmpdir(), "topogenie-run-")), "tag");
});

const isBegun = (): Promise<boolean> => Promise.resolve(false);
const title = { what: "a sketch", isBegun, otherwise: "Draw it again: --again.", details: { paper: "A4" } };
const options = (resume: boolean, signal = new AbortController().signal) => ({ runPath, resume, signal });

async function events(): Promise<string[]> {
  const lines = (await readFile(join(runPath, "journal.jsonl"), "utf8")).trim().split("\n");
  return lines.map((line) => {
    const { event, paper, reason } = JSON.parse(line) as Record<string, string | undefined>;
    return [event, paper, reason].filter((word) => word !== undefined).join(" ");
  });
}

it("tells when work began and how it ended, and lets the next in", async () => {
  expect(await inRunDirectory(options(false), title, (run) => Promise.resolve(run.path))).toBe(runPath);
  const failing = inRunDirectory(options(false), title, () => Promise.reject(new Error("out of ink")));
  await expect(failing).rejects.toThrow("out of ink");
  const stopped = inRunDirectory(options(false, AbortSignal.abort()), title, () => Promise.reject(new Error("enough")));
  await expect(stopped).rejects.toThrow("enough");
  expect(await events()).toEqual(["start A4", "end", "start A4", "failed out of ink", "start A4", "interrupted enough"]);
});

it("refuses a used directory unless it is to go on, and leaves its journal alone", async () => {
  await inRunDirectory(options(false), title, (run) => Promise.resolve(run.record("result")));
  const used = { ...title, isBegun: () => Promise.resolve(true) };
  const refused = inRunDirectory(options(false), used, () => Promise.resolve());
  await expect(refused).rejects.toMatchObject({ code: "RUN_EXISTS" });
  await expect(refused).rejects.toThrow(
    `${runPath} already holds a sketch. Go on with it: --resume. Draw it again: --again. Keep it and begin another: --tag NAME.`,
  );
  expect(await events()).toHaveLength(3);
  await inRunDirectory(options(true), used, () => Promise.resolve());
  expect(await events()).toHaveLength(5);
});
