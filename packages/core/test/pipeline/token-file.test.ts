import { mkdtemp, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { TokenFile, TokenFileWriter } from "../../src/pipeline/token-file.js";

async function write(sequences: readonly (readonly number[])[]): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "topogenie-tokens-")), "training");
  const writer = await TokenFileWriter.create(file);
  for (const sequence of sequences) await writer.append(Uint16Array.from(sequence));
  await writer.finish();
  return file;
}

it("gives back every run of sequences", async () => {
  const sequence = fc.array(fc.nat(0xffff), { maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(fc.array(sequence, { maxLength: 20 }), fc.nat(20), fc.nat(20), async (sequences, from, to) => {
      const tokens = await TokenFile.open(await write(sequences));
      const [first = 0, last = 0] = [from, to].map((end) => Math.min(end, sequences.length)).sort((a, b) => a - b);
      const read = await tokens.readAll(first, last - first);
      expect(read.map((ids) => [...ids])).toEqual(sequences.slice(first, last));
      expect(tokens.tokens).toBe(sequences.flat().length);
      await tokens.close();
    }),
    { numRuns: 50 },
  );
});

it("refuses a file that was cut off, and says which command writes it again", async () => {
  const file = await write([[1, 2, 3], [4]]);
  await truncate(file, (await stat(file)).size - 1);
  await expect(TokenFile.open(file)).rejects.toThrow(`${file} has 7 bytes instead of 8. Write it again with: topogenie encode`);
});

it("leaves no finished file when it is given up", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "topogenie-tokens-")), "training");
  const writer = await TokenFileWriter.create(file);
  await writer.append(Uint16Array.of(1));
  await writer.abandon();
  await expect(stat(file)).rejects.toThrow("ENOENT");
});
