import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GptConfig, HostTensor, ModelBackend, TrainingOptions } from "@topogenie/core";
import {
  learningRateSchema,
  loadBestCheckpoint,
  loadCheckpoint,
  readLosses,
  sampleSentences,
  trainLanguageModel,
} from "@topogenie/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";
import { circuitLikeSentences, vocabulary, VOCABULARY_SIZE } from "./circuit-like-sentences.js";

const config: GptConfig = { layers: 2, heads: 2, width: 32, context: 32, vocabularySize: VOCABULARY_SIZE, dropout: 0.1 };

let backend: ModelBackend;
let directory: string;

beforeEach(async () => {
  backend = await createOnnxBackend({ engine: "native" });
  directory = await mkdtemp(join(tmpdir(), "topogenie-training-"));
});

afterEach(async () => {
  await backend.dispose();
  await rm(directory, { recursive: true });
});

function training(overrides: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    backend,
    config,
    vocabulary,
    documents: () => circuitLikeSentences(24),
    validation: circuitLikeSentences(30).slice(24),
    corpusHash: "a",
    seed: 7,
    batch: { rows: 2, length: 32 },
    steps: 20,
    schedule: learningRateSchema.parse({ peak: 1e-2, warmupSteps: 5 }),
    optimizer: { weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 },
    averaging: { decay: 0.99, every: 3 },
    evaluateEvery: 5,
    checkpointEvery: 4,
    patience: 0,
    directory: join(directory, "model"),
    resume: false,
    ...overrides,
  };
}

/** A hash of each tensor: weights, moments and averages. */
async function weightsAt(folder: string): Promise<Record<string, string>> {
  const { state, average = new Map<string, HostTensor>() } = await loadCheckpoint(folder);
  const averages = [...average].map(([name, tensor]) => [`average.${name}`, tensor] as const);
  return Object.fromEntries(
    [...state.tensors, ...averages].map(([name, { data }]) => [
      name,
      createHash("sha256").update(new Uint8Array(data.buffer)).digest("hex"),
    ]),
  );
}

describe("training on onnxruntime", () => {
  it("learns a small corpus by heart and writes its sentences", async () => {
    const corpus = circuitLikeSentences(6);
    const result = await trainLanguageModel(
      training({
        config: { ...config, dropout: 0, width: 48 },
        // All sentences in each batch, each beginning otherwise.
        documents: () => corpus.map((sentence, index) => Int32Array.from([1, 3 + index, ...sentence.subarray(1)])),
        validation: [],
        batch: { rows: 4, length: 32 },
        steps: 200,
      }),
    );
    // What cannot be known is the first word alone: ln 6 nats in each sentence.
    const predicted = corpus.reduce((sum, sentence) => sum + sentence.length, 0);
    const known = (result.loss ?? 0) - (Math.log(corpus.length) * corpus.length) / predicted;
    expect(known).toBeLessThan(0.1);

    const { state } = await loadBestCheckpoint(join(directory, "model"));
    const model = await backend.load(state);
    const sentences = await sampleSentences({
      model,
      attempts: 12,
      rows: 5,
      maxTokens: 20,
      temperature: 0.5,
      topK: 0,
      topP: 1,
      seed: 1,
    });
    const learnt = new Set(corpus.map((sentence, index) => [3 + index, ...sentence.slice(1, -1)].join(" ")));
    expect(sentences.filter(({ tokens, ended }) => ended && learnt.has(tokens.join(" "))).length).toBeGreaterThan(10);
  });

  it("gives the same weights twice, bit for bit", async () => {
    const one = await trainLanguageModel(training());
    const two = await trainLanguageModel(training({ directory: join(directory, "again") }));
    expect(await weightsAt(two.latest)).toEqual(await weightsAt(one.latest));
    expect(await readLosses(two.losses)).toEqual(await readLosses(one.losses));
  });

  it("resumed after a stop at any step it ends with the weights of an uninterrupted training", async () => {
    const whole = await trainLanguageModel(training({ directory: join(directory, "whole") }));
    for (const stopAt of [3, 4, 11]) {
      const stop = new AbortController();
      const options = training({ directory: join(directory, `stopped-${stopAt}`) });
      const stopped = await trainLanguageModel({
        ...options,
        signal: stop.signal,
        onProgress: ({ step }) => {
          if (step === stopAt) stop.abort();
        },
      });
      expect(stopped).toMatchObject({ ended: "signal", steps: stopAt });
      const resumed = await trainLanguageModel({ ...options, resume: true });
      expect(resumed).toMatchObject({ ended: "all-steps", steps: 20 });
      expect(await weightsAt(resumed.latest)).toEqual(await weightsAt(whole.latest));
      expect(await readLosses(resumed.losses)).toEqual(await readLosses(whole.losses));
    }
  });

  it("an allocation that fails ends the training with a clear word", async () => {
    // Its logits alone would take 380 GB.
    const huge = training({
      config: { layers: 1, heads: 1, width: 8, context: 16, vocabularySize: 60_000, dropout: 0 },
      vocabulary: Array.from({ length: 60_000 }, (_, id) => String(id)),
      batch: { rows: 100_000, length: 16 },
      validation: [],
    });
    const ended = trainLanguageModel(huge);
    await expect(ended).rejects.toMatchObject({ code: "TRAINING_OUT_OF_MEMORY" });
    await expect(ended).rejects.toThrow(/Lower the batch \(now 100000 rows of 16 tokens\)/);
  });

  it("diverging training is a coded error that names the last good checkpoint", async () => {
    const wild = training({
      schedule: learningRateSchema.parse({ peak: 1e30, warmupSteps: 0 }),
      optimizer: { ...training().optimizer, clipNorm: 1e30 },
      checkpointEvery: 1,
    });
    await expect(trainLanguageModel(wild)).rejects.toMatchObject({ code: "TRAINING_DIVERGED" });
    await expect(trainLanguageModel(wild)).rejects.toThrow(/last good checkpoint is .*step-/);
  });
});
