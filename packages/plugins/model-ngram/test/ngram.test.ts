import type { GptConfig, TokenBatch } from "@topogenie/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NgramBackend } from "../src/index.js";

const config: GptConfig = { layers: 1, heads: 1, width: 4, context: 32, vocabularySize: 6, dropout: 0 };

/** One row a document, each token the target of the one before it. */
function batchOf(documents: readonly (readonly number[])[]): TokenBatch {
  const length = Math.max(...documents.map((document) => document.length - 1));
  const shape = { rows: documents.length, length };
  const of = (value: (document: readonly number[], place: number) => number): Int32Array =>
    Int32Array.from(documents.flatMap((document) => Array.from({ length }, (_, place) => value(document, place))));
  return {
    ...shape,
    tokens: of((document, place) => document[place] ?? 0),
    targets: of((document, place) => document[place + 1] ?? -1),
    documents: of((_, place) => place - place),
    positions: of((_, place) => place),
  };
}

const settings = { learningRate: 1, weightDecay: 0, beta1: 0, beta2: 0, epsilon: 1, clipNorm: 1 };
const sentence = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 12 });

describe("n-grams", () => {
  it("learn what follows a context: a sentence that was seen becomes likely, and others less", async () => {
    const model = await new NgramBackend(3).create(config, 1);
    const seen = batchOf([[1, 3, 4, 5, 3, 4, 2]]);
    const untrained = await model.evaluate(seen);
    expect(untrained.loss).toBeCloseTo(Math.log(6), 12);
    for (let step = 0; step < 20; step++) await model.trainStep(seen, settings);
    expect((await model.evaluate(seen)).loss).toBeLessThan(0.4);
    expect((await model.evaluate(batchOf([[1, 5, 5, 4, 3]]))).loss).toBeGreaterThan(Math.log(6));
  });

  it("give probabilities that sum to one, whose logarithms are the loss, and the same from logits and sampler", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sentence, { minLength: 1, maxLength: 4 }), sentence, async (documents, asked) => {
        const model = await new NgramBackend(4).create(config, 1);
        await model.trainStep(batchOf(documents), settings);
        const batch = batchOf([asked]);
        const logits = await model.logits(batch);
        const sampler = await model.sampler(1);
        let sum = 0;
        for (let place = 0; place + 1 < asked.length; place++) {
          const row = logits.subarray(place * 6, (place + 1) * 6);
          expect(row.reduce((total, logit) => total + Math.exp(logit), 0)).toBeCloseTo(1, 5);
          expect([...(await sampler.step(Int32Array.of(asked[place] ?? 0)))]).toEqual([...row]);
          sum -= row[asked[place + 1] ?? 0] ?? 0;
        }
        const { loss, targets } = await model.evaluate(batch);
        expect(sum).toBeCloseTo(loss * targets, 4);
      }),
      { numRuns: 50 },
    );
  });

  it("are saved and loaded whole, and go on counting", async () => {
    const backend = new NgramBackend(3);
    const model = await backend.create(config, 1);
    await model.trainStep(
      batchOf([
        [1, 3, 4, 2],
        [1, 4, 4, 2],
      ]),
      settings,
    );
    const copy = await backend.load(await model.save());
    const more = batchOf([[1, 3, 3, 2]]);
    for (const one of [model, copy]) await one.trainStep(more, settings);
    expect(await copy.evaluate(more)).toEqual(await model.evaluate(more));
    expect((await copy.save()).step).toBe(2);
  });

  it("refuse weighted targets, and learn nothing from them", async () => {
    const model = await new NgramBackend(2).create(config, 1);
    const batch = { ...batchOf([[1, 3, 4, 2]]), weights: Float32Array.of(1, -1, 1) };
    await expect(model.trainStep(batch, settings)).rejects.toMatchObject({ code: "MODEL_WEIGHTS_UNSUPPORTED" });
    expect(model.parameterCount).toBe(0);
  });

  it("never look into another document", async () => {
    const model = await new NgramBackend(2).create(config, 1);
    const packed: TokenBatch = {
      rows: 1,
      length: 4,
      tokens: Int32Array.of(1, 3, 1, 4),
      targets: Int32Array.of(3, -1, 4, -1),
      documents: Int32Array.of(0, 0, 1, 1),
      positions: Int32Array.of(0, 1, 0, 1),
    };
    await model.trainStep(packed, settings);
    expect(model.parameterCount).toBe(4);
  });
});

describe("uniform choice", () => {
  it("learns nothing", async () => {
    const model = await new NgramBackend(0).create(config, 1);
    const batch = batchOf([[1, 3, 4, 2]]);
    await model.trainStep(batch, settings);
    expect((await model.evaluate(batch)).loss).toBeCloseTo(Math.log(6), 12);
    const logits = await (await model.sampler(2)).step(Int32Array.of(1, 1));
    expect(new Set(logits).size).toBe(1);
  });
});
