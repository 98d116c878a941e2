import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TokenBatch } from "../../src/contracts/model-backend.js";
import { NO_TARGET } from "../../src/language-model/packing.js";
import { trainingBatches, validationBatches } from "../../src/language-model/training-batches.js";
import { silentLogger } from "../../src/runtime/logger.js";
import { createRng } from "../../src/runtime/rng.js";

const shape = { rows: 2, length: 256 };

/** Sentences of these lengths, each told from the others by its tokens. */
function sentencesOf(lengths: readonly number[]): Int32Array[] {
  return lengths.map((length, index) => Int32Array.from({ length }, (_, place) => (place === 0 ? index + 1 : 9999)));
}

async function epoch(sentences: readonly Int32Array[]): Promise<TokenBatch[]> {
  const batches: TokenBatch[] = [];
  for await (const { batch, next } of trainingBatches(
    () => sentences,
    shape,
    createRng(1),
    { epoch: 0, batch: 0 },
    silentLogger,
  )) {
    batches.push(batch);
    if (next.epoch === 1) return batches;
  }
  return batches;
}

/** Which sentences a batch holds, by their first tokens. */
function held(batch: TokenBatch): number[] {
  return [...batch.tokens].filter((token, at) => batch.positions[at] === 0 && batch.targets[at] !== NO_TARGET && token !== 9999);
}

describe("training batches", () => {
  it("hold every sentence of an epoch, in batches of equally many places", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 2, max: 257 }), { minLength: 1, maxLength: 60 }), async (lengths) => {
        const batches = await epoch(sentencesOf(lengths));
        expect(new Set(batches.flatMap(held))).toEqual(new Set(lengths.map((_, index) => index + 1)));
        for (const { rows, length, tokens } of batches) {
          expect([`2 x 256`, `4 x 128`]).toContain(`${rows} x ${length}`);
          expect(tokens).toHaveLength(512);
        }
        expect(validationBatches(sentencesOf(lengths), shape).flatMap(held)).toHaveLength(lengths.length);
      }),
      { numRuns: 60 },
    );
  });

  it("put short sentences into short rows, unless there are too few of either kind", async () => {
    const shapes = async (short: number, long: number): Promise<string[]> => {
      const lengths = [...new Array<number>(short).fill(100), ...new Array<number>(long).fill(200)];
      return [...new Set((await epoch(sentencesOf(lengths))).map(({ rows, length }) => `${rows} x ${length}`))].sort();
    };
    expect(await shapes(20, 8)).toEqual(["2 x 256", "4 x 128"]);
    expect(await shapes(20, 0)).toEqual(["4 x 128"]);
    expect(await shapes(20, 1)).toEqual(["2 x 256"]);
    expect(await shapes(2, 8)).toEqual(["2 x 256"]);
  });
});
