// Trains on the built packages in the folder that is given; its parent kills it.
import { learningRateSchema, trainLanguageModel } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";

const [directory, resume] = process.argv.slice(2);
const backend = await createOnnxBackend({ engine: "native", threads: 2 });
const result = await trainLanguageModel({
  backend,
  config: { layers: 1, heads: 2, width: 16, context: 16, vocabularySize: 8, dropout: 0.1 },
  vocabulary: ["<padding>", "<start>", "<end>", "A", "B", "C", "D", "E"],
  documents: (epoch) =>
    Array.from({ length: 8 }, (_, index) => Int32Array.of(1, 3 + ((epoch + index) % 5), 3 + (index % 5), 4, 5, 2)),
  validation: [],
  corpusHash: "a",
  seed: 1,
  batch: { rows: 2, length: 16 },
  steps: 60,
  schedule: learningRateSchema.parse({ peak: 1e-2, warmupSteps: 5 }),
  optimizer: { weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 },
  averaging: { decay: 0.99, every: 3 },
  evaluateEvery: 10,
  checkpointEvery: 2,
  patience: 0,
  directory,
  resume: resume === "resume",
  onProgress: ({ step }) => process.stdout.write(`${step}\n`),
});
process.stdout.write(`done ${result.latest}\n`);
await backend.dispose();
