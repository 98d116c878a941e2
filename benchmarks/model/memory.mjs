/**
 * Memory of training.
 *
 *   node benchmarks/model/memory.mjs                 AnalogGenie's network, batch 4 x 512: the peak of the whole process
 *   node benchmarks/model/memory.mjs --steps=5000    a small network for so many steps: whether it grows
 */
import { parseArgs } from "node:util";
import { batchOf, createRng } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";

const MEGABYTE = 1e6;
const settings = { learningRate: 1e-4, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
const { values } = parseArgs({ options: { steps: { type: "string" }, threads: { type: "string", default: "2" } } });
const long = values.steps !== undefined;
const steps = Number(values.steps ?? 6);
const sizes = long
  ? { layers: 2, heads: 2, width: 64, context: 64, vocabularySize: 200, rows: 4, length: 64 }
  : { layers: 6, heads: 6, width: 384, context: 1024, vocabularySize: 1005, rows: 4, length: 512 };
const { rows, length, ...config } = sizes;
const backend = await createOnnxBackend({ threads: Number(values.threads) });
const model = await backend.create({ ...config, dropout: 0.1 }, 1);
const rng = createRng("memory");
if (long) console.log("steps   resident MB");
for (let step = 1; step <= steps; step++) {
  const sentence = () => Int32Array.from({ length: length + 1 }, () => rng.integer(config.vocabularySize));
  await model.trainStep(
    batchOf(
      Array.from({ length: rows }, () => [sentence()]),
      rows,
      length,
    ),
    settings,
  );
  if (long && step % Math.max(1, Math.round(steps / 10)) === 0) {
    console.log(`${String(step).padStart(5)}   ${(process.memoryUsage().rss / MEGABYTE).toFixed(0).padStart(11)}`);
  }
}
await backend.dispose();
if (!long) console.log(JSON.stringify({ peakBytes: process.resourceUsage().maxRSS * 1024 }));
