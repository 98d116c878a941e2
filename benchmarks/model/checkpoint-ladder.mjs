/**
 * What a checkpoint writes: the ladder (decoded, structural, simulatable, unique, novel, and functional where asked) for every
 * family, temperature and device count that is asked for, each of the same number of attempts, and the time that a finished
 * circuit takes.
 *
 *   node benchmarks/model/checkpoint-ladder.mjs [--from @topogenie/pretrained] [--attempts 1000] [--temperatures 0.8,1.0,1.2,1.4] [--top-p 1]
 *        [--families any,opamp,…] [--devices any,56,63] [--functional 0] [--simulations 200] [--optimizer ga] [--first-guess default]
 *        [--ports VDD,VSS,VIN1,VIN2,VOUT1,IB1] [--rows 32] [--seed 1] [--journals FOLDER] [--beyond 9]
 *
 * `any` leaves a condition out; a family forces the ports that it needs, as in the pipeline; devices `<=20` are at most 20.
 * --functional N sizes those of the first N attempts that passed all other rungs, each with at most --simulations; --ports asks for
 * exactly these; --beyond N counts the novel ones that the family's building blocks do not combine to, with N departures. With
 * --journals a run that was stopped goes on where it was. Novel: neither a seed of a built-in family nor a circuit that the
 * checkpoint has seen. The grammar is on, and nothing is resampled.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  askedOfGrammar,
  checkRules,
  climbedRungs,
  climbLadder,
  collectCorpus,
  configSchema,
  CorpusCollection,
  countLadder,
  createRng,
  Circuit,
  findStartingPoint,
  missingPort,
  PluginHost,
  readAttempt,
  restoreVocabulary,
  sampleSentences,
  sizeCircuit,
} from "@topogenie/core";
import { builtInPlugins } from "../../apps/cli/dist/built-in-plugins.js";

const { values: options } = parseArgs({
  options: {
    from: { type: "string", default: "@topogenie/pretrained" },
    attempts: { type: "string", default: "1000" },
    temperatures: { type: "string", default: "0.8,1.0,1.2,1.4" },
    "top-p": { type: "string", default: "1" },
    families: { type: "string", default: "any" },
    devices: { type: "string", default: "any" },
    ports: { type: "string" },
    functional: { type: "string", default: "0" },
    simulations: { type: "string", default: "200" },
    optimizer: { type: "string", default: "ga" },
    "first-guess": { type: "string", default: "default" },
    simulator: { type: "string", default: "ngspice" },
    rows: { type: "string", default: "32" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    journals: { type: "string" },
    beyond: { type: "string" },
  },
});
const attempts = Number(options.attempts);
const seed = Number(options.seed);
const topP = Number(options["top-p"]);
const sized = Math.min(attempts, Number(options.functional));
const journals = options.journals ?? mkdtempSync(join(tmpdir(), "topogenie-ladder-"));
mkdirSync(journals, { recursive: true });
const signal = new AbortController().signal;
const logger = { debug() {}, info() {}, warn: console.warn };
const host = await PluginHost.load({
  sources: [builtInPlugins],
  seed,
  workers: Number(options.workers),
  workDirectory: journals,
  logger,
  signal,
});
const deviceTypes = await host.deviceTypes();
const simulator = await host.create("simulator", options.simulator, {}, "--simulator");
const backend = await host.create("model-backend", "onnxruntime", {}, "backend");

const config = configSchema.parse({ train: { from: options.from, steps: 0 } });
const { checkpoint, fingerprint } = await findStartingPoint(config, process.cwd());
if (checkpoint.scheme === undefined) throw new Error(`${options.from} does not say which scheme its sentences have.`);
const { name: schemeName, options: schemeOptions } = checkpoint.scheme;
const scheme = await host.create("tokenization-scheme", schemeName, schemeOptions, "the checkpoint's scheme");
const vocabulary = restoreVocabulary({ tokens: checkpoint.vocabulary });
const maxTokens = checkpoint.state.config.context - 1;
const known = await knownHashes();
const model = await backend.load(checkpoint.state);
console.log(
  `${options.from}: ${model.parameterCount.toLocaleString("en-GB")} parameters, scheme ${schemeName}, ` +
    `${known.size.toLocaleString("en-GB")} known topologies; top-p ${topP}, seed ${seed}, batches of ${options.rows}\n`,
);

/** What a family's blocks combine to, by its name. */
const combinations = new Map();
const beyondTitle = options.beyond === undefined ? [] : ["beyond"];
const functionalTitle = sized > 0 ? [`functional of ${sized}`] : [];
const titles = [
  "simulatable",
  "unique",
  "novel",
  "novel/valid",
  ...beyondTitle,
  ...functionalTitle,
  "median devices",
  "ms a circuit",
  "(processor)",
];
printRow("family", "devices", "T", "decoded", "structural", ...titles);
for (const family of options.families.split(",")) {
  for (const devices of options.devices.split(",")) {
    for (const temperature of options.temperatures.split(",").map(Number)) await measure(family, devices, temperature);
  }
}
await model.dispose();
await host.dispose();

async function measure(familyName, devices, temperature) {
  const key = [fingerprint.slice(0, 8), familyName, devices, options.ports ?? "", temperature, topP, seed, attempts].join("-");
  const asked = {
    ...(familyName === "any" ? {} : { family: familyName }),
    ...(devices === "any"
      ? {}
      : { deviceCount: devices.startsWith("<=") ? { atMost: Number(devices.slice(2)) } : Number(devices) }),
    ...(options.ports === undefined ? {} : { ports: options.ports.split(",") }),
  };
  const conditions = await askedOfGrammar(asked, scheme, host);
  const { sentences, ms, processorMs } = await sample(conditions, temperature, join(journals, `${key}.json`));
  const read = sentences.map(({ attempt, tokens, ended }) =>
    readAttempt({ attempt, tokens: tokens.map((id) => vocabulary.tokens[id]), ended }, scheme),
  );
  const verdicts = await climbLadder({
    attempts: read,
    deviceTypes,
    simulator,
    models: new Map(),
    supplyVolts: 1.8,
    timeoutMs: 10_000,
    known,
    journalFile: join(journals, `${key}.simulations.jsonl`),
    signal,
    onProgress() {},
  });
  const ladder = countLadder(verdicts, climbedRungs);
  const passed = Object.fromEntries(ladder.rungs.map(({ name, passed }) => [name, passed]));
  const functional =
    sized > 0 && familyName !== "any" ? [await countFunctional(familyName, verdicts, key)] : sized > 0 ? [""] : [];
  const sizes = verdicts.flatMap(({ deviceCount }) => deviceCount ?? []).sort((a, b) => a - b);
  printRow(
    familyName,
    devices,
    temperature,
    ...climbedRungs.map((rung) => passed[rung]),
    share(passed.novel, passed.unique),
    ...(await countBeyond(familyName, verdicts)),
    ...functional,
    sizes[sizes.length >> 1] ?? "",
    (ms / Math.max(1, passed.decoded)).toFixed(1),
    (processorMs / Math.max(1, passed.decoded)).toFixed(1),
  );
  const reasons = new Map();
  for (const { failed } of verdicts) {
    if (failed === undefined) continue;
    const reason = `${failed.rung}: ${failed.reason}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const listed = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  if (listed.length > 0) console.log(`    not: ${listed.join("; ")}`);
}

/** Sentences and the time that they took; those of an earlier run when it kept them. */
async function sample(conditions, temperature, file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const sentences = await sampleSentences({
    model,
    attempts,
    rows: Number(options.rows),
    maxTokens,
    seed,
    temperature,
    topK: 0,
    topP,
    startsWith: checkpoint.startsWith === undefined ? undefined : vocabulary.id(checkpoint.startsWith),
    grammar: () => scheme.grammar(vocabulary, maxTokens, conditions),
  });
  const { user, system } = process.cpuUsage(before);
  const result = { sentences, ms: performance.now() - startedAt, processorMs: (user + system) / 1000 };
  writeFileSync(file, JSON.stringify(result));
  return result;
}

/** How many of the novel circuits no combination of the family's blocks gives. */
async function countBeyond(familyName, verdicts) {
  if (options.beyond === undefined) return [];
  if (familyName === "any") return [""];
  if (!combinations.has(familyName)) {
    const wide = { name: familyName, options: { departures: Number(options.beyond) } };
    combinations.set(familyName, await hashesOf([wide]));
  }
  const combined = combinations.get(familyName);
  return [verdicts.filter(({ failed, id }) => failed === undefined && !combined.has(id)).length];
}

/** Of the first attempts, how many passed every rung and have a sizing that does what the family is for. */
async function countFunctional(familyName, verdicts, key) {
  const family = await host.create("circuit-family", familyName, {}, "--families");
  const rng = createRng(seed).fork("functional");
  let count = 0;
  const reasons = new Map();
  const fail = (reason) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const { attempt, failed, circuit: parts } of verdicts.slice(0, sized)) {
    if (failed !== undefined) continue;
    const circuit = new Circuit(parts);
    const lacks = missingPort(circuit, family);
    const broken = checkRules(circuit, deviceTypes, family.rules)[0];
    if (lacks !== undefined || broken !== undefined) {
      fail(lacks ?? broken.rule);
      continue;
    }
    try {
      const { functional } = await sizeCircuit({
        circuit,
        family,
        deviceTypes,
        simulator,
        optimizer: await host.create("sizing-optimizer", options.optimizer, {}, "--optimizer"),
        rng: rng.fork(attempt),
        budget: { simulations: Number(options.simulations) },
        firstGuess: options["first-guess"],
        until: "functional",
        journalFile: join(journals, `${key}.${options.optimizer}.${options["first-guess"]}.${attempt}.jsonl`),
      });
      if (functional) count++;
      else fail("no sizing does what the family is for");
    } catch (error) {
      if (error.code === undefined) throw error;
      fail(error.code);
    }
  }
  console.log(
    `    not functional though novel: ${
      [...reasons]
        .sort((a, b) => b[1] - a[1])
        .map(([reason, number]) => `${number} ${reason}`)
        .join("; ") || "none"
    }`,
  );
  return count;
}

async function knownHashes() {
  return new Set([...(await hashesOf(host.registry.names("circuit-family"))), ...(checkpoint.knownCircuits ?? [])]);
}

/** Of all seeds of the families. */
async function hashesOf(families) {
  const collection = new CorpusCollection(deviceTypes, { rules: "require" });
  await collectCorpus({ collection, host, families, seed, imports: [], folder: process.cwd(), signal, onProgress() {} });
  return new Set(collection.entries.map(({ id }) => id));
}

function share(part, whole) {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

function printRow(...cells) {
  const widths = [16, 8, 5, 8, 11, 12, 8, 7, 12];
  console.log(
    cells
      .map((cell, index) => String(cell).padEnd(widths[index] ?? 15))
      .join(" ")
      .trimEnd(),
  );
}
