/**
 * AnalogGenie's network (6 layers, 6 heads, 384 wide, context 1024, vocabulary 1005) trained and sampled beside PyTorch, on the
 * same machine and shapes, in one run: npm run bench:model [-- --rounds=5 --threads=2 --without=spin --without=tfjs dataset]
 *
 * What is compared is measured in turns; ratios are of the best rounds, as a busy machine only ever adds time, and medians
 * stand beside them. Needs built packages (npm run build). Without PyTorch, or the tfjs backend, the table says so.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { batchOf, createRng } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";
import { circuitsAsSentences } from "./circuits-as-sentences.mjs";
import { findPyTorch, PyTorch } from "./pytorch.mjs";

const SIZES = { layers: 6, heads: 6, width: 384, context: 1024, vocabulary: 1005 };
const TRAINED = { rows: 4, length: 512 };
/** The reference pads every circuit to the context and computes the loss on the padding. */
const PADDED = { rows: 4, length: SIZES.context };
const SAMPLED_ROWS = [1, 32, 64];
/** Lengths at which the reference's way is measured; the mean stands for all of 1 to the context. */
const SAMPLED_LENGTHS = [64, 192, 320, 448, 576, 704, 832, 960];
const GRAPHS_KEPT = 4;
const settings = { learningRate: 3e-4, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };

const { values, positionals } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    /** A part of the name of what is not to be measured. */
    without: { type: "string", multiple: true, default: [] },
  },
  allowPositionals: true,
});
const threads = Number(values.threads);
const rounds = Number(values.rounds);
const config = { ...SIZES, vocabularySize: SIZES.vocabulary, dropout: 0 };
delete config.vocabulary;

const found = findPyTorch();
const schemes = await circuitsAsSentences(positionals[0] ?? null, PADDED);
const reference = schemes.find(({ name }) => name === "eulerian");
const best = schemes
  .filter(({ circuits }) => circuits === reference.circuits)
  .reduce((one, other) => (sum(other.lengths) < sum(one.lengths) ? other : one));
const backend = await createOnnxBackend({ threads });
const model = await backend.create(config, 1);
const tfjs = await tfjsModel();
const { engine, version } = backend.capabilities();
console.log(`${engine} ${version}, ${threads} threads; PyTorch ${found.version ?? found.missing}`);
if (found.note) console.log(`PyTorch's settings: ${found.note}`);
console.log(`tfjs wasm: ${tfjs.missing ?? "one step"}\n`);

const times = new Map();
const processes = Object.entries(found.settings ?? {})
  .filter(([name]) => !values.without.some((part) => name.includes(part)))
  .map(([name, environment]) => [name, new PyTorch(SIZES, environment, threads)]);
/** As it is installed it is not asked for the longest work. */
const bestProcesses = processes.filter(([name]) => name.startsWith("best"));
const shapes = new Set([keyOf(TRAINED), keyOf(PADDED), ...reference.shapes.keys(), ...best.shapes.keys()]);
const ownBatches = new Map([...shapes].map((key) => [key, randomBatch(key)]));
/** A model keeps the graphs of a few shapes only: the rest are another's, of the same weights. */
const other = await backend.create(config, 1);
const trainedBy = new Map([...shapes].map((key, index) => [key, index < GRAPHS_KEPT ? model : other]));
// The first step of a shape compiles its graph; the others warm up on little.
for (const [key, batch] of ownBatches) await trainedBy.get(key).trainStep(batch, settings);
for (const [, torch] of processes) await torch.ask({ do: "train", rows: 1, length: 64 });
await tfjs.model?.trainStep(randomBatch("1 x 64"), settings);
for (let round = 0; round < rounds; round++) {
  progress(`training, round ${round + 1} of ${rounds}`);
  for (const [key, batch] of ownBatches) {
    if (key === keyOf(TRAINED)) for (const [name, torch] of processes) await torchStep(name, torch, TRAINED);
    if (key === keyOf(PADDED)) for (const [name, torch] of bestProcesses) await torchStep(name, torch, PADDED);
    note(`own ${key}`, await timed(() => trainedBy.get(key).trainStep(batch, settings)));
  }
  if (round === 0) {
    if (tfjs.model !== undefined) {
      note("tfjs", await timed(() => tfjs.model.trainStep(ownBatches.get(keyOf(TRAINED)), settings)));
    }
    await tfjs.backend?.dispose();
  }
}
const trainedTokens = TRAINED.rows * TRAINED.length;
print("training, tokens/s, batch 4 x 512", [
  ["own", [...own(TRAINED)].map((ms) => (1000 * trainedTokens) / ms)],
  ...processes.map(([name]) => [`PyTorch, ${name}`, perSecond(`torch ${name} ${keyOf(TRAINED)}`, trainedTokens)]),
  ...(tfjs.missing === undefined ? [["tfjs wasm", perSecond("tfjs", trainedTokens)]] : []),
]);
print(`training, circuits/s, the ${reference.circuits} circuits`, [
  [`own, best scheme (${best.name}, median ${best.median} tokens), packed`, circuitsPerSecond(best)],
  [`own, the reference's scheme (median ${reference.median} tokens), packed`, circuitsPerSecond(reference)],
  ["own, every circuit padded to 1,025", own(PADDED).map((ms) => (1000 * PADDED.rows) / ms)],
  ...bestProcesses.map(([name]) => [
    `PyTorch, ${name}, padded to 1,025`,
    perSecond(`torch ${name} ${keyOf(PADDED)}`, PADDED.rows),
  ]),
]);

await writeSentences(2, [4]);
for (let round = 0; round < Math.min(3, rounds); round++) {
  progress(`sampling, round ${round + 1} of ${Math.min(3, rounds)}`);
  for (const [name, torch] of processes) {
    const { ms } = await torch.ask({ do: "sample", lengths: SAMPLED_LENGTHS });
    note(`torch ${name} sample`, sum(ms) / ms.length);
  }
  for (const rows of SAMPLED_ROWS) {
    if (rows > 1 || round === 0) note(`own sample ${rows}`, await writeSentences(rows, reference.lengths));
    if (rows > 1) note(`own sample ${rows} best scheme`, await writeSentences(rows, best.lengths));
  }
}

const referenceTokens = (name) => times.get(`torch ${name} sample`).map((ms) => 1000 / ms);
print("sampling, tokens/s", [
  ...SAMPLED_ROWS.toReversed().map((rows) => [
    `own, ${rows} rows`,
    times.get(`own sample ${rows}`).map((ms) => (1000 * (sum(quantiles(reference.lengths, rows)) + rows)) / ms),
  ]),
  ...processes.map(([name]) => [`the reference's way, PyTorch, ${name}`, referenceTokens(name)]),
]);
print("sampling, circuits/s", [
  ...SAMPLED_ROWS.filter((rows) => rows > 1).flatMap((rows) => [
    [`own, best scheme, ${rows} rows`, times.get(`own sample ${rows} best scheme`).map((ms) => (1000 * rows) / ms)],
    [`own, the reference's scheme, ${rows} rows`, times.get(`own sample ${rows}`).map((ms) => (1000 * rows) / ms)],
  ]),
  ...processes.map(([name]) => [
    `the reference's way (always 1,024 tokens), PyTorch, ${name}`,
    referenceTokens(name).map((rate) => rate / SIZES.context),
  ]),
]);
await backend.dispose();
for (const [name, torch] of processes) {
  const { peakBytes } = await torch.ask({ do: "memory" });
  console.log(`memory, PyTorch, ${name}, after all of this: ${megabytes(peakBytes)} MB at its peak`);
  torch.end();
}
const memory = execFileSync(process.execPath, [fileURLToPath(new URL("memory.mjs", import.meta.url)), `--threads=${threads}`]);
console.log(`memory, own process that trains with batch 4 x 512: ${megabytes(JSON.parse(memory).peakBytes)} MB at its peak`);

function progress(what) {
  process.stderr.write(`… ${what}\n`);
}

async function tfjsModel() {
  if (values.without.includes("tfjs")) return { missing: "left out" };
  try {
    const { createWasmBackend } = await import("@topogenie/model-tfjs");
    const own = await createWasmBackend();
    return { backend: own, model: await own.create(config, 1) };
  } catch (error) {
    return { missing: `not measured: ${error.message.split("\n")[0]}` };
  }
}

async function torchStep(name, torch, shape) {
  note(`torch ${name} ${keyOf(shape)}`, (await torch.ask({ do: "train", ...shape })).ms);
}

function note(name, ms) {
  times.set(name, [...(times.get(name) ?? []), ms]);
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Sentences of these circuits' lengths, each of which leaves the batch when it ends; milliseconds. */
function writeSentences(rows, lengths) {
  return timed(async () => {
    const sampler = await model.sampler(rows);
    let going = quantiles(lengths, rows);
    for (let step = 0; going.length > 0; step++) {
      await sampler.step(new Int32Array(going.length).fill(3 + (step % 7)));
      const kept = going.flatMap((length, row) => (length > step ? [row] : []));
      if (kept.length > 0 && kept.length < going.length) sampler.keep(kept);
      going = kept.map((row) => going[row]);
    }
    await sampler.dispose();
  });
}

/** As many lengths, spread evenly over the sorted ones. */
function quantiles(lengths, count) {
  return Array.from({ length: count }, (_, index) => lengths[Math.floor(((index + 0.5) / count) * lengths.length)]);
}

function randomBatch(key) {
  const [rows, length] = key.split(" x ").map(Number);
  const rng = createRng(key);
  const row = () => [Int32Array.from({ length: length + 1 }, () => rng.integer(SIZES.vocabulary))];
  return batchOf(Array.from({ length: rows }, row), rows, length);
}

/** Of an epoch, round by round, from the times of its batches' shapes. */
function circuitsPerSecond({ circuits, shapes }) {
  return Array.from({ length: rounds }, (_, round) => {
    const ms = sum([...shapes].map(([key, count]) => count * times.get(`own ${key}`)[round]));
    return (1000 * circuits) / ms;
  });
}

function own(shape) {
  return times.get(`own ${keyOf(shape)}`);
}

function perSecond(name, amount) {
  return times.get(name).map((ms) => (1000 * amount) / ms);
}

/** Best and median of each, and how many times as fast the first ones are. */
function print(title, lines) {
  console.log(`${title}: best of ${rounds} rounds (median)`);
  const [, first] = lines[0];
  for (const [name, rates] of lines) {
    const sorted = rates.toSorted((a, b) => b - a);
    const median = sorted[sorted.length >> 1];
    const ratios = `${(Math.max(...first) / sorted[0]).toFixed(2)}x (${(middle(first) / median).toFixed(2)}x)`;
    console.log(
      `  ${name.padEnd(66)} ${format(sorted[0]).padStart(9)} (${format(median)})`.padEnd(92) +
        (name === lines[0][0] ? "" : `first line: ${ratios}`),
    );
  }
  console.log("");
}

function middle(rates) {
  return rates.toSorted((a, b) => b - a)[rates.length >> 1];
}

function format(rate) {
  return rate >= 100 ? Math.round(rate).toLocaleString("en-GB") : rate.toPrecision(3);
}

function megabytes(bytes) {
  return Math.round(bytes / 1e6).toLocaleString("en-GB");
}

function keyOf({ rows, length }) {
  return `${rows} x ${length}`;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
