/**
 * Training and sampling speed of the built-in model backend, in one run: tokens per second and memory.
 *
 *   node benchmarks/model/speed.mjs [--threads=2] [--rounds=5] [configuration …]
 *
 * Configurations are measured in turns, so that a machine that is busy for a while slows all of them down; the best and the
 * median of the rounds are printed. Needs built packages (npm run build).
 */
import { parseArgs } from "node:util";
import { batchOf, createRng, packDocuments } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";

const configurations = {
  /** What `npm start` trains. */
  start: { layers: 4, heads: 4, width: 128, context: 512, vocabularySize: 400, rows: 8, length: 512 },
  "start-1024": { layers: 4, heads: 4, width: 128, context: 1024, vocabularySize: 400, rows: 4, length: 1024 },
  small: { layers: 4, heads: 4, width: 256, context: 512, vocabularySize: 1030, rows: 8, length: 256 },
  /** AnalogGenie's network. */
  reference: { layers: 6, heads: 6, width: 384, context: 1024, vocabularySize: 1030, rows: 4, length: 512 },
};
const settings = { learningRate: 3e-4, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
const SAMPLING_ROWS = [1, 16, 32];
const SAMPLED_STEPS = 64;

const { values, positionals } = parseArgs({
  options: { threads: { type: "string", default: "2" }, rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(configurations);
const rounds = Number(values.rounds);
const backend = await createOnnxBackend({ threads: Number(values.threads) });
const { engine, version, threads } = backend.capabilities();
console.log(`${engine} ${version}, ${threads} threads, ${rounds} rounds\n`);

const models = [];
for (const name of names) {
  const { rows, length, ...config } = configurations[name] ?? fail(`There is no configuration "${name}".`);
  const model = await backend.create({ ...config, dropout: 0 }, 1);
  models.push({
    name,
    model,
    config,
    batch: randomBatch(rows, length, config.vocabularySize),
    training: [],
    sampling: new Map(),
  });
}
for (const { model, batch } of models) await model.trainStep(batch, settings);
for (let round = 0; round < rounds; round++) {
  for (const entry of models) entry.training.push(await timed(() => entry.model.trainStep(entry.batch, settings)));
}
for (const rows of SAMPLING_ROWS) {
  for (let round = 0; round < rounds; round++) {
    for (const entry of models) {
      entry.sampling.set(rows, [...(entry.sampling.get(rows) ?? []), await timed(() => sample(entry.model, rows))]);
    }
  }
}
console.log("configuration    parameters   training: best / median tokens/s   sampling, by rows: best tokens/s");
for (const { name, model, batch, training, sampling } of models) {
  const trained = batch.rows * batch.length;
  const rates = training.map((ms) => (trained / ms) * 1000).sort((a, b) => a - b);
  const sampled = SAMPLING_ROWS.map(
    (rows) => `${rows}: ${format((rows * SAMPLED_STEPS * 1000) / Math.min(...sampling.get(rows)))}`,
  );
  console.log(
    `${name.padEnd(15)} ${format(model.parameterCount).padStart(11)}   ` +
      `${`${format(rates.at(-1))} / ${format(rates[rates.length >> 1])}`.padStart(33)}   ${sampled.join("   ")}`,
  );
}
console.log(`\nresident memory of all of them together: ${format(process.memoryUsage().rss / 1e6)} MB`);
await backend.dispose();

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function sample(model, rows) {
  const sampler = await model.sampler(rows);
  for (let step = 0; step < SAMPLED_STEPS; step++) await sampler.step(new Int32Array(rows).fill(3 + (step % 7)));
  await sampler.dispose();
}

/** Rows full of documents whose lengths are like those of walks over op-amps. */
function randomBatch(rows, length, vocabularySize) {
  const rng = createRng("benchmark");
  const longest = Math.min(600, length);
  const documents = Array.from({ length: rows * 12 }, () =>
    Int32Array.from({ length: 100 + rng.integer(longest - 99) }, () => 3 + rng.integer(vocabularySize - 3)),
  );
  return batchOf(packDocuments(documents, length).rows.slice(0, rows), rows, length);
}

function format(number) {
  return Math.round(number).toLocaleString("en-GB");
}

function fail(message) {
  console.error(`${message} Known: ${Object.keys(configurations).join(", ")}.`);
  process.exit(2);
}
