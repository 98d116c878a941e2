import { batchOf } from "@topogenie/core";
import { expect, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";
import { circuitLikeSentences, VOCABULARY_SIZE } from "./circuit-like-sentences.js";

const MEGABYTE = 1e6;

it("a long training does not grow in memory", async () => {
  const backend = await createOnnxBackend({ engine: "native" });
  // Gradients of 0.8 MB a step: 500 steps that kept theirs would hold 400 MB.
  const model = await backend.create(
    { layers: 2, heads: 2, width: 96, context: 16, vocabularySize: VOCABULARY_SIZE, dropout: 0.1 },
    1,
  );
  const sentences = circuitLikeSentences(8);
  const settings = { learningRate: 1e-3, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
  const train = async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step++) {
      await model.trainStep(
        batchOf(
          sentences.map((sentence) => [sentence]),
          8,
          16,
        ),
        settings,
      );
    }
  };
  await train(100);
  const before = process.memoryUsage().rss;
  await train(500);
  expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(60);
  await backend.dispose();
});
