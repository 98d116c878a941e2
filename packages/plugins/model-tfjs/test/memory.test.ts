import type { GptConfig, LanguageModel, OptimizerSettings, TokenBatch } from "@topogenie/core";
import { batchOf } from "@topogenie/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../src/engine.js";
import { loadWasm } from "../src/load-engine.js";
import { TfjsBackend } from "../src/tfjs-backend.js";

const plain: GptConfig = { layers: 2, heads: 2, width: 16, context: 24, vocabularySize: 12, dropout: 0.1 };
const modern: GptConfig = { ...plain, norm: "rms", positions: "rotary", activation: "swiglu", qkNorm: true, tiedHead: true };
const settings: OptimizerSettings = { learningRate: 1e-3, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
const sentences = [
  [1, 3, 4, 5, 6, 7, 2],
  [1, 8, 9, 8, 9, 2],
].map((tokens) => Int32Array.from(tokens));

function batch(): TokenBatch {
  return batchOf([sentences, sentences], 2, 20);
}

let engine: Engine;
let backend: TfjsBackend;
beforeAll(async () => {
  engine = await loadWasm();
  backend = new TfjsBackend(engine);
});
afterAll(() => backend.dispose());

/** Tensors and bytes that the library holds now. */
function held(): { tensors: number; bytes: number } {
  const { numTensors, numBytes } = engine.tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}

async function writeSentences(model: LanguageModel): Promise<void> {
  const sampler = await model.sampler(3);
  for (let place = 0; place < 10; place++) await sampler.step(new Int32Array(3).fill(3));
  sampler.keep([0, 2]);
  for (let place = 0; place < 10; place++) await sampler.step(new Int32Array(2).fill(4));
  await sampler.dispose();
}

describe.each([
  ["plain", plain],
  ["modern", modern],
])("memory of the %s network", (_name, config) => {
  it("is the same after one step and after many, and after evaluating, saving and writing", async () => {
    const model = await backend.create(config, 1);
    await model.trainStep(batch(), settings);
    const before = held();
    for (let step = 0; step < 30; step++) await model.trainStep(batch(), settings);
    await model.evaluate(batch());
    await model.logits(batch());
    await model.save();
    await writeSentences(model);
    expect(held()).toEqual(before);
  });

  it("is given back by a step whose loss is not finite, and by dispose", async () => {
    const before = held();
    const state = await (await backend.create(config, 1)).save();
    state.tensors.get("head.bias")?.data.fill(Number.NaN);
    const broken = await backend.load(state);
    await backend.dispose();
    const model = await backend.load(state);
    const made = held();
    await expect(model.trainStep(batch(), settings)).rejects.toMatchObject({ code: "MODEL_LOSS_NOT_FINITE" });
    expect(held()).toEqual(made);
    await backend.dispose();
    expect(held().tensors).toBeLessThanOrEqual(before.tensors);
    expect(broken.parameterCount).toBeGreaterThan(0);
  });
});

it("a long training does not grow the process", async () => {
  const model = await backend.create({ ...plain, width: 128 }, 1);
  const train = async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step++) await model.trainStep(batch(), settings);
  };
  await train(20);
  const before = process.memoryUsage().rss;
  // Weights, moments and gradients of 1.6 MB a step: steps that kept theirs would hold 160 MB.
  await train(100);
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(60);
});

it("a step lets other work of the process have its turn, so that it can be stopped", async () => {
  const model = await backend.create({ ...plain, layers: 6, width: 192, heads: 3, context: 256, vocabularySize: 300 }, 1);
  const long = batchOf(
    [[Int32Array.from({ length: 257 }, (_, index) => 1 + (index % 290))], [Int32Array.from({ length: 257 }, () => 5)]],
    2,
    256,
  );
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const began = performance.now();
  await model.trainStep(long, settings);
  const took = performance.now() - began;
  clearInterval(clock);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(took / 3);
});
