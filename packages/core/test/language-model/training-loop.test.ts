import { appendFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCheckpoint } from "../../src/language-model/checkpoint.js";
import { loadBestCheckpoint } from "../../src/language-model/checkpoint-series.js";
import { learningRateSchema } from "../../src/language-model/learning-rate.js";
import { readLosses } from "../../src/language-model/loss-journal.js";
import { batchOf, packDocuments } from "../../src/language-model/packing.js";
import type { TrainingOptions, TrainingProgress } from "../../src/language-model/training-loop.js";
import { trainLanguageModel } from "../../src/language-model/training-loop.js";
import { createRng } from "../../src/runtime/rng.js";
import { BigramBackend, bigramConfig } from "./bigram-backend.js";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "topogenie-loop-"));
});

afterEach(() => rm(directory, { recursive: true }));

/** Sentences that differ from epoch to epoch. */
function sentences(epoch: number): Int32Array[] {
  const rng = createRng("sentences").fork(epoch);
  return Array.from({ length: 9 }, () =>
    Int32Array.from([1, ...Array.from({ length: 2 + rng.integer(8) }, () => 3 + rng.integer(4)), 2]),
  );
}

function training(overrides: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    backend: new BigramBackend(),
    config: bigramConfig,
    vocabulary: ["<padding>", "<start>", "<end>", "A", "B", "C", "D", "E"],
    documents: sentences,
    validation: sentences(1000),
    corpusHash: "corpus",
    seed: 1,
    batch: { rows: 2, length: 16 },
    steps: 30,
    schedule: learningRateSchema.parse({ peak: 2, warmupSteps: 3 }),
    optimizer: { weightDecay: 0, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 },
    evaluateEvery: 5,
    checkpointEvery: 7,
    patience: 0,
    directory: join(directory, "model"),
    resume: false,
    ...overrides,
  };
}

async function tableAt(folder: string): Promise<number[]> {
  const { state } = await loadCheckpoint(folder);
  return [...(state.tensors.get("head")?.data ?? [])];
}

describe("the training loop", () => {
  it("lowers the loss, reports every step and keeps the curve", async () => {
    const reports: TrainingProgress[] = [];
    const result = await trainLanguageModel(training({ onProgress: (progress) => reports.push(progress) }));
    expect(result).toMatchObject({ ended: "all-steps", steps: 30 });
    expect(reports.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(reports.at(-1)?.loss).toBeLessThan((reports[0]?.loss ?? 0) - 0.3);
    expect(reports.at(-1)).toMatchObject({ remainingMs: 0, steps: 30 });
    expect(reports.at(-1)?.tokensPerSecond).toBeGreaterThan(0);
    const losses = await readLosses(result.losses);
    expect(losses.filter((record) => "loss" in record)).toHaveLength(30);
    expect(losses.filter((record) => "validationLoss" in record).map(({ step }) => step)).toEqual([5, 10, 15, 20, 25, 30]);
  });

  it("killed at any step and resumed it ends as if uninterrupted", async () => {
    const whole = await trainLanguageModel(training({ directory: join(directory, "whole") }));
    // Around checkpoints (every 7 steps), validations (every 5) and the ends.
    for (const killAt of [1, 2, 5, 6, 7, 8, 10, 11, 29, 30]) {
      const backend = new BigramBackend();
      backend.beforeStep = (step) => {
        if (step === killAt) throw new Error("killed");
      };
      const options = training({ directory: join(directory, `killed-${killAt}`) });
      await expect(trainLanguageModel({ ...options, backend })).rejects.toThrow("killed");
      const resumed = await trainLanguageModel({ ...options, resume: true });
      expect(await tableAt(resumed.latest)).toEqual(await tableAt(whole.latest));
      expect(await tableAt(resumed.best)).toEqual(await tableAt(whole.best));
      expect(await readLosses(resumed.losses)).toEqual(await readLosses(whole.losses));
      expect(resumed.tokens).toBe(whole.tokens);
    }
  });

  it("with averaged weights, killed at any step and resumed, it ends with the average of an uninterrupted one", async () => {
    const averaging = { decay: 0.9, every: 3 };
    const whole = await trainLanguageModel(training({ averaging, directory: join(directory, "whole") }));
    for (const killAt of [2, 4, 10, 15, 29]) {
      const backend = new BigramBackend();
      backend.beforeStep = (step) => {
        if (step === killAt) throw new Error("killed");
      };
      const options = training({ averaging, directory: join(directory, `killed-${killAt}`) });
      await expect(trainLanguageModel({ ...options, backend })).rejects.toThrow("killed");
      const resumed = await trainLanguageModel({ ...options, resume: true });
      expect((await loadCheckpoint(resumed.latest)).average).toEqual((await loadCheckpoint(whole.latest)).average);
      expect(await readLosses(resumed.losses)).toEqual(await readLosses(whole.losses));
    }
  });

  it("validates and gives to sampling the averaged weights, which follow the definition step by step", async () => {
    const averaging = { decay: 0.9, every: 3 };
    const tables: number[][] = [];
    for (const steps of [3, 6, 9]) {
      // At a constant rate the first steps do not depend on how many there are.
      const schedule = learningRateSchema.parse({ peak: 2, warmupSteps: 0, finalFraction: 1 });
      const result = await trainLanguageModel(training({ averaging, schedule, steps, evaluateEvery: 100 }));
      tables.push(await tableAt(result.latest));
    }
    const { average } = await loadCheckpoint(join(directory, "model", "step-00000009"));
    const expected = tables[0]?.map((first, index) => {
      const second = first + (1 - (7 / 16) ** 3) * ((tables[1]?.[index] ?? 0) - first);
      return second + (1 - (10 / 19) ** 3) * ((tables[2]?.[index] ?? 0) - second);
    });
    const head = [...(average?.get("head")?.data ?? [])];
    expect(Math.max(...head.map((value, index) => Math.abs(value - (expected?.[index] ?? Number.NaN))))).toBeLessThan(1e-6);

    const best = await loadBestCheckpoint(join(directory, "model"));
    expect([...(best.state.tensors.get("head")?.data ?? [])]).toEqual(head);
    const model = await new BigramBackend().load(best.state);
    const rows = packDocuments(sentences(1000), 16).rows;
    const { loss } = await model.evaluate(batchOf(rows, rows.length, 16));
    expect(best.metrics.validationLoss).toBeCloseTo(loss, 6);
  });

  it("stopped by a signal it keeps a checkpoint at that step", async () => {
    const stop = new AbortController();
    const stopped = await trainLanguageModel(
      training({
        signal: stop.signal,
        onProgress: ({ step }) => {
          if (step === 4) stop.abort();
        },
      }),
    );
    expect(stopped).toMatchObject({ ended: "signal", steps: 4 });
    expect((await loadCheckpoint(stopped.latest)).state.step).toBe(4);
  });

  it("resumed when it had ended it does nothing", async () => {
    const backend = new BigramBackend();
    const options = training({ backend });
    const ended = await trainLanguageModel(options);
    const again = await trainLanguageModel({ ...options, resume: true });
    expect(backend.steps).toBe(30);
    expect(again.latest).toBe(ended.latest);
  });

  it("without resuming it begins anew", async () => {
    const backend = new BigramBackend();
    await trainLanguageModel(training({ backend, steps: 10 }));
    const second = await trainLanguageModel(training({ backend, steps: 8 }));
    expect(backend.steps).toBe(18);
    expect(second.steps).toBe(8);
    expect((await readLosses(second.losses)).at(-1)?.step).toBe(8);
  });

  it("keeps the latest and the best checkpoint, and clears away what a killed run left half written", async () => {
    const options = training();
    await trainLanguageModel({ ...options, steps: 10 });
    await writeFile(join(options.directory, ".step-00000099.abcd.part"), "torn");
    const result = await trainLanguageModel(options);
    const folders = (await readdir(options.directory)).filter((name) => name.includes("step-"));
    expect(new Set(folders)).toEqual(
      new Set([result.latest, result.best].map((folder) => folder.slice(folder.lastIndexOf("step-")))),
    );
  });

  it("forgets a torn last line of the loss curve", async () => {
    const options = training();
    const stop = new AbortController();
    const stopped = await trainLanguageModel({
      ...options,
      signal: stop.signal,
      onProgress: ({ step }) => step === 9 && stop.abort(),
    });
    await appendFile(stopped.losses, '{"step":10,"lo');
    const resumed = await trainLanguageModel({ ...options, resume: true });
    expect((await readLosses(resumed.losses)).filter((record) => "loss" in record).map(({ step }) => step)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });

  it("ends early after as many validations without a better loss as its patience", async () => {
    // The rate is so high that the loss on other sentences grows.
    const result = await trainLanguageModel(
      training({
        schedule: learningRateSchema.parse({ peak: 40, warmupSteps: 0 }),
        patience: 2,
        steps: 300,
        documents: () => sentences(0),
      }),
    );
    expect(result.ended).toBe("early-stop");
    expect(result.steps).toBeLessThan(300);
    expect(result.bestValidationLoss).toBeLessThan(result.validationLoss ?? 0);
    expect(result.best).not.toBe(result.latest);
    const again = await trainLanguageModel(
      training({
        schedule: learningRateSchema.parse({ peak: 40, warmupSteps: 0 }),
        patience: 2,
        steps: 300,
        documents: () => sentences(0),
        resume: true,
      }),
    );
    expect(again).toMatchObject({ ended: "early-stop", steps: result.steps });
  });

  it("refuses to go on with another recipe, naming what changed", async () => {
    await trainLanguageModel(training({ steps: 10 }));
    await expect(trainLanguageModel(training({ steps: 10, resume: true, corpusHash: "other" }))).rejects.toThrow(
      /"corpusHash" was corpus and is now other/,
    );
    await expect(trainLanguageModel(training({ steps: 10, resume: true, seed: 2 }))).rejects.toMatchObject({
      code: "TRAINING_RECIPE_CHANGED",
    });
    const averaging = { decay: 0.9, every: 1 };
    await expect(trainLanguageModel(training({ steps: 10, resume: true, averaging }))).rejects.toThrow(/"averaging" was not set/);
    await trainLanguageModel(training({ steps: 10, averaging }));
    await expect(trainLanguageModel(training({ steps: 10, resume: true }))).rejects.toThrow(/"averaging" .* is now not set/);
  });

  it("begins with a checkpoint's weights, and with no step leaves them as they are", async () => {
    const { best } = await trainLanguageModel(training({ steps: 10 }));
    const from = await loadBestCheckpoint(best);
    const scheme = { name: "bigrams", options: { of: "letters" } };
    const unchanged = await trainLanguageModel(training({ from, scheme, steps: 0, directory: join(directory, "unchanged") }));
    expect(await tableAt(unchanged.best)).toEqual(await tableAt(best));
    expect((await loadCheckpoint(unchanged.best)).scheme).toEqual(scheme);

    const further = training({ from, directory: join(directory, "further") });
    const losses = await readLosses((await trainLanguageModel(further)).losses);
    const fresh = await readLosses((await trainLanguageModel(training())).losses);
    const firstLoss = (records: typeof losses): number =>
      records.flatMap((record) => ("loss" in record ? record.loss : []))[0] ?? 0;
    expect(firstLoss(losses)).toBeLessThan(firstLoss(fresh) - 0.1);
    await expect(
      trainLanguageModel({ ...further, from: await loadBestCheckpoint(unchanged.best), resume: true }),
    ).resolves.toBeDefined();
    await expect(
      trainLanguageModel({ ...further, from: await loadBestCheckpoint(further.directory), resume: true }),
    ).rejects.toThrow(/"from" was/);
  });

  it("out of memory ends with a clear word, and the last good checkpoint can be gone on from", async () => {
    const backend = new BigramBackend();
    backend.beforeStep = (step) => {
      if (step === 10) throw new RangeError("Array buffer allocation failed");
    };
    const ended = trainLanguageModel(training({ backend }));
    await expect(ended).rejects.toMatchObject({ code: "TRAINING_OUT_OF_MEMORY" });
    await expect(ended).rejects.toThrow(/last good checkpoint is .*step-00000007\. Lower the batch \(now 2 rows of 16 tokens\)/);
    const whole = await trainLanguageModel(training({ directory: join(directory, "whole") }));
    const resumed = await trainLanguageModel(training({ resume: true }));
    expect(await tableAt(resumed.latest)).toEqual(await tableAt(whole.latest));
  });

  it("never keeps a checkpoint of weights that are not finite", async () => {
    const schedule = learningRateSchema.parse({ peak: 1e42, warmupSteps: 0 });
    const ended = trainLanguageModel(training({ schedule, checkpointEvery: 1, evaluateEvery: 100 }));
    await expect(ended).rejects.toMatchObject({ code: "TRAINING_DIVERGED" });
    await expect(ended).rejects.toThrow(/"head" is -?(Infinity|NaN) after step 1\. No checkpoint had been kept yet/);
  });

  it("leaves out sentences that are too long, and says so", async () => {
    const words: string[] = [];
    const logger = { debug: () => undefined, info: () => undefined, warn: (message: string) => words.push(message) };
    const documents = (epoch: number): Int32Array[] => [...sentences(epoch), new Int32Array(40).fill(3)];
    await trainLanguageModel(training({ documents, logger, steps: 1 }));
    expect(words[0]).toMatch(/^1 of 10 sentences of epoch 0 are longer than a row of 16 tokens .*the longest needs 39/);
  });

  it("with nothing to train on it says why", async () => {
    await expect(trainLanguageModel(training({ documents: () => [] }))).rejects.toMatchObject({ code: "TRAINING_DATA_EMPTY" });
    await expect(trainLanguageModel(training({ documents: () => [new Int32Array(40)] }))).rejects.toThrow(
      /None of the 1 sentences fits a row of 16 tokens/,
    );
  });

  it("refuses rows that are longer than the model's context", async () => {
    await expect(trainLanguageModel(training({ batch: { rows: 1, length: 17 } }))).rejects.toMatchObject({
      code: "TRAINING_ROWS_TOO_LONG",
    });
  });

  it("passes on what the data source throws", async () => {
    const documents = (epoch: number): Promise<Int32Array[]> =>
      epoch === 1 ? Promise.reject(new Error("worker died")) : Promise.resolve(sentences(epoch));
    await expect(trainLanguageModel(training({ documents }))).rejects.toThrow("worker died");
  });
});
