import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { JsonLinesLog, readJsonLines, writeJsonLines } from "../../src/runtime/json-lines.js";

let file: string;

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), "topogenie-lines-")), "log.jsonl");
});

describe("a log of JSON lines", () => {
  it("keeps what is appended, in order", async () => {
    const { log } = await JsonLinesLog.open<number>(file);
    for (let index = 0; index < 100; index++) log.append(index);
    expect((await JsonLinesLog.open<number>(file)).entries).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it.each(['{"a":1}\n{"a":2}\n{"a', '{"a":1}\n{"a":2}\n{"a":3}'])("cuts off a line that a kill left torn: %j", async (text) => {
    await writeFile(file, text);
    const { log, entries } = await JsonLinesLog.open<{ a: number }>(file);
    expect(entries).toEqual([{ a: 1 }, { a: 2 }]);
    log.append({ a: 4 });
    expect(await readFile(file, "utf8")).toBe('{"a":1}\n{"a":2}\n{"a":4}\n');
  });

  it("names the line that is no JSON", async () => {
    await writeFile(file, '{"a":1}\nnonsense\n');
    await expect(JsonLinesLog.open(file)).rejects.toThrow(`${file}:2: not a line of JSON.`);
    await expect(collect(readJsonLines(file))).rejects.toThrow(`${file}:2: not a line of JSON.`);
  });

  it("holds nothing when nothing was written", async () => {
    await writeJsonLines(file, []);
    expect(await collect(readJsonLines(file))).toEqual([]);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
