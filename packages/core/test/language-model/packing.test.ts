import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchOf, NO_TARGET, packDocuments, targetCount } from "../../src/language-model/packing.js";

const documents = fc.array(
  fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 40 }).map((tokens) => Int32Array.from(tokens)),
  { maxLength: 60 },
);

describe("packing", () => {
  it("places every document that fits whole, in one row, and names the others", () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 50 }), (all, length) => {
        const { rows, tooLong, tooShort } = packDocuments(all, length);
        for (const row of rows) expect(row.reduce((sum, document) => sum + document.length - 1, 0)).toBeLessThanOrEqual(length);
        const left = new Set([...tooLong, ...tooShort]);
        const placed = all.filter((_, index) => !left.has(index));
        expect(new Set(rows.flat())).toEqual(new Set(placed));
        expect(rows.flat()).toHaveLength(placed.length);
        for (const index of tooLong) expect(all[index]?.length).toBeGreaterThan(length + 1);
        for (const index of tooShort) expect(all[index]?.length).toBeLessThan(2);
      }),
    );
  });

  it("writes the documents of a row one after another, and nothing into its free end", () => {
    const batch = batchOf([[Int32Array.of(1, 5, 6, 2), Int32Array.of(1, 7, 2)]], 2, 6);
    expect([...batch.tokens]).toEqual([1, 5, 6, 1, 7, 0, 0, 0, 0, 0, 0, 0]);
    expect([...batch.targets]).toEqual([5, 6, 2, 7, 2, NO_TARGET, ...new Array<number>(6).fill(NO_TARGET)]);
    expect([...batch.documents]).toEqual([0, 0, 0, 1, 1, -1, -1, -1, -1, -1, -1, -1]);
    expect([...batch.positions]).toEqual([0, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(targetCount(batch)).toBe(5);
  });

  it("leaves little free: walks of 100 to 600 tokens fill rows of 1,024 to 97 % and more", () => {
    const all = Array.from({ length: 500 }, (_, index) => new Int32Array(100 + ((index * 7919) % 500)).fill(3));
    const { rows } = packDocuments(all, 1024);
    const used = all.reduce((sum, document) => sum + document.length - 1, 0);
    expect(used / (rows.length * 1024)).toBeGreaterThan(0.97);
  });

  it("packs 200,000 documents in seconds", () => {
    const all = Array.from({ length: 200_000 }, (_, index) => new Int32Array(50 + ((index * 7919) % 900)));
    const startedAt = performance.now();
    packDocuments(all, 1024);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
