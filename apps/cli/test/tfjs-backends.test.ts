import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GptConfig, ModelBackend } from "@topogenie/core";
import { createRng, learningRateSchema, loadBestCheckpoint, sampleSentences, trainLanguageModel } from "@topogenie/core";
import { modelBackendConformance, modelBackendParity } from "@topogenie/core/testing";
import { createOnnxBackend } from "@topogenie/model";
import { createNativeBackend, createWasmBackend } from "@topogenie/model-tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** The library to test and the folder that it is in, as `npm run test:tfjs-node` sets it: `tfjs-node-gpu=/path`. */
const [library, folder] = (process.env.TOPOGENIE_TFJS_NODE ?? "").split("=");

const config: GptConfig = { layers: 2, heads: 2, width: 32, context: 32, vocabularySize: 12, dropout: 0.1 };
const vocabulary = ["<padding>", "<start>", "<end>", "A", "B", "C", "D", "E", "F", "G", "H", "I"];

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "topogenie-tfjs-"));
});
afterEach(() => rm(directory, { recursive: true }));

function parity(createBackend: () => Promise<ModelBackend>): void {
  for (const { name, run } of modelBackendParity(createBackend, () => createOnnxBackend()))
    it(`agrees with onnxruntime: ${name}`, run);
}

describe("tfjs-wasm", () => parity(createWasmBackend));

const isNative = library === "tfjs-node" || library === "tfjs-node-gpu";

describe.skipIf(!isNative)(`native TensorFlow.js ${library ?? ""}`, async () => {
  const create = (): Promise<ModelBackend> => createNativeBackend(library as "tfjs-node" | "tfjs-node-gpu", { folder });

  it("is the library that was asked for", async () => {
    const backend = await create();
    expect(backend.capabilities()).toMatchObject({ engine: library, version: "4.22.0" });
    console.log(backend.capabilities());
  });

  // The checks are chosen by what the backend can do, so that asking for them makes one: also where all of this is skipped.
  const checks = isNative ? await modelBackendConformance(create) : [];
  for (const { name, run } of checks) it(`keeps its promise: ${name}`, run);
  parity(create);

  it("learns a small corpus by heart, resumes, and writes its sentences", async () => {
    const backend = await create();
    const corpus = sentences(6);
    const options = {
      backend,
      config,
      vocabulary,
      documents: () => corpus,
      validation: [],
      corpusHash: "a",
      seed: 7,
      batch: { rows: 4, length: 32 },
      steps: 150,
      schedule: learningRateSchema.parse({ peak: 1e-2, warmupSteps: 5 }),
      optimizer: { weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 },
      evaluateEvery: 50,
      checkpointEvery: 50,
      patience: 0,
      directory: join(directory, "model"),
      resume: false,
    };
    const stop = new AbortController();
    const stopped = await trainLanguageModel({
      ...options,
      signal: stop.signal,
      onProgress: ({ step }) => {
        if (step === 70) stop.abort();
      },
    });
    expect(stopped).toMatchObject({ ended: "signal", steps: 70 });
    expect(await trainLanguageModel({ ...options, resume: true })).toMatchObject({ ended: "all-steps", steps: 150 });

    const { state } = await loadBestCheckpoint(join(directory, "model"));
    const model = await backend.load(state);
    const written = await sampleSentences({
      model,
      attempts: 16,
      rows: 5,
      maxTokens: 20,
      temperature: 0.3,
      topK: 0,
      topP: 1,
      seed: 1,
    });
    const learnt = new Set(corpus.map((sentence) => sentence.slice(1, -1).join(" ")));
    expect(written.filter(({ tokens, ended }) => ended && learnt.has(tokens.join(" "))).length).toBeGreaterThan(12);
    await backend.dispose();
  });
});

/** Closed walks over nine words, each beginning with a word of its own. */
function sentences(count: number): Int32Array[] {
  const rng = createRng("sentences");
  return Array.from({ length: count }, (_, first) => {
    const stride = 1 + rng.integer(3);
    const length = 4 + rng.integer(8);
    return Int32Array.from([1, ...Array.from({ length }, (_, step) => 3 + ((first + stride * step) % 9)), 2]);
  });
}
