/**
 * What each circuit family is worth: how many seeds it has, how many are simulatable, how many of a random few do what the family
 * is for once they are sized, and their median figure of merit. The same for the dataset's circuits that are labelled so.
 *
 *   node benchmarks/circuit/families.mjs [family ...] [--circuits 20] [--figures 20] [--simulations 500] [--dataset PATH] [--of-dataset 20]
 *        [--batch 16] [--optimizer ga] [--simulator ngspice] [--seed 1] [--journals FOLDER [--minutes M]]
 *
 * Of the circuits drawn, the first --figures spend the whole budget and give the median figure of merit and the share on spec;
 * the others stop as soon as they are functional, which is looked at after each --batch: for a loop, whose run takes a second and
 * whose first sizing mostly locks, 2 saves most of the time.
 * With --journals a run that was stopped, by Ctrl-C or after --minutes, goes on where it was. Of a family that it did not
 * finish, it prints what stands.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  checkRules,
  checkSimulatable,
  CircuitLabels,
  createRng,
  electricalRules,
  importCircuits,
  missingPort,
  PluginHost,
  sizeCircuit,
} from "@topogenie/core";
import { builtInPlugins } from "../../apps/cli/dist/built-in-plugins.js";

const beside = fileURLToPath(new URL("../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    circuits: { type: "string", default: "20" },
    figures: { type: "string" },
    simulations: { type: "string", default: "500" },
    dataset: { type: "string", default: process.env.TOPOGENIE_DATASET ?? beside },
    "of-dataset": { type: "string", default: "20" },
    batch: { type: "string", default: "16" },
    optimizer: { type: "string", default: "ga" },
    simulator: { type: "string", default: "ngspice" },
    seed: { type: "string", default: "1" },
    journals: { type: "string" },
    minutes: { type: "string" },
    workers: { type: "string", default: "2" },
  },
});
const simulations = Number(options.simulations);
const seed = Number(options.seed);
const workers = Number(options.workers);
const stop = new AbortController();
const stopNow = () => stop.abort();
process.once("SIGINT", stopNow);
if (options.minutes !== undefined) setTimeout(stopNow, Number(options.minutes) * 60_000).unref();
const host = await PluginHost.load({
  sources: [builtInPlugins],
  seed,
  workers,
  workDirectory: options.journals ?? "",
  logger: { debug() {}, info() {}, warn: console.warn },
  signal: stop.signal,
});
const deviceTypes = await host.deviceTypes();
const simulator = await host.create("simulator", options.simulator, {}, "simulator");
if (options.journals !== undefined) mkdirSync(options.journals, { recursive: true });

const labelled = options["of-dataset"] === "0" ? new Map() : await loadLabelled();
const names = positionals.length > 0 ? positionals : host.registry.names("circuit-family");
const widths = [18, 7, 9, 13, 12, 12, 22, 8];
printRow("family", "seeds", "devices", "simulatable", "functional", "on spec", "median FoM", "seconds");
for (const name of names) {
  if (stop.signal.aborted) break;
  const family = await host.create("circuit-family", name, {}, "families");
  const started = performance.now();
  const seeds = [...family.seeds()].map(({ circuit }) => circuit);
  const sizes = seeds.map(({ devices }) => devices.length);
  const simulatable = await countSimulatable(name, seeds);
  const lawful = seeds.filter((circuit) => checkRules(circuit, deviceTypes, family.rules).length === 0).length;
  if (lawful < seeds.length) console.log(`  ${seeds.length - lawful} seeds of ${name} break rules`);
  const own = await sizeSome(family, seeds, Number(options.circuits), "seeds", Number(options.figures ?? options.circuits));
  printRow(
    name,
    seeds.length,
    `${Math.min(...sizes)}-${Math.max(...sizes)}`,
    `${simulatable}`,
    `${own.functional} of ${own.sized}${own.stopped ? " so far" : ""}`,
    `${own.onSpec} of ${own.figures}`,
    own.medianFom === undefined ? "" : `${own.medianFom.toPrecision(3)} ${family.figureOfMerit.unit}`,
    ((performance.now() - started) / 1000).toFixed(0),
  );
  const circuits = labelled.get(name) ?? [];
  if (circuits.length === 0 || stop.signal.aborted) continue;
  const sound = circuits.filter((circuit) => checkRules(circuit, deviceTypes, electricalRules).length === 0);
  const fitting = sound.filter((circuit) => missingPort(circuit, family) === undefined);
  const theirs = await sizeSome(family, fitting, Number(options["of-dataset"]), "dataset", 0);
  console.log(
    `  dataset: ${circuits.length} circuits, ${sound.length} obey the electrical rules, ${fitting.length} of these have the ports; ` +
      `of ${theirs.sized} drawn from them${theirs.stopped ? ", so far," : ""} ${theirs.sized - theirs.refused.length} fit the bench and ${theirs.functional} are functional within ${simulations} simulations` +
      (theirs.refused.length > 0 ? ` (refused: ${theirs.refused[0]})` : ""),
  );
}
await host.dispose();

async function loadLabelled() {
  if (!existsSync(options.dataset)) {
    console.log(`Without the dataset: there is none at ${options.dataset}. Name a folder or archive with --dataset PATH.\n`);
    return new Map();
  }
  const labels = await CircuitLabels.read(fileURLToPath(new URL("../../examples/analoggenie/labels.yaml", import.meta.url)));
  const { circuits } = await importCircuits(options.dataset, { deviceTypes });
  const groups = new Map();
  for (const circuit of circuits) {
    const label = labels.labelOf(circuit);
    groups.set(label, [...(groups.get(label) ?? []), circuit]);
  }
  return groups;
}

async function countSimulatable(name, circuits) {
  const file = options.journals === undefined ? undefined : join(options.journals, `${name}-simulatable.txt`);
  if (file !== undefined && existsSync(file)) return Number(readFileSync(file, "utf8"));
  let count = 0;
  let next = 0;
  const check = async () => {
    for (let circuit = circuits[next++]; circuit !== undefined; circuit = circuits[next++]) {
      if ((await checkSimulatable(circuit, { simulator, deviceTypes })).simulatable) count++;
    }
  };
  await Promise.all(Array.from({ length: workers }, check));
  if (file !== undefined) writeFileSync(file, String(count));
  return count;
}

async function sizeSome(family, circuits, count, what, figures) {
  const rng = createRng(seed).fork(`${family.name} ${what}`);
  const pool = [...circuits];
  const drawn = [];
  while (drawn.length < count && pool.length > 0) drawn.push(...pool.splice(rng.integer(pool.length), 1));
  const result = { sized: 0, figures: 0, functional: 0, onSpec: 0, refused: [], stopped: false };
  const foms = [];
  for (const [index, circuit] of drawn.entries()) {
    const hasFigure = index < figures;
    if (stop.signal.aborted) break;
    try {
      const sized = await sizeCircuit({
        circuit,
        family,
        deviceTypes,
        simulator,
        optimizer: await host.create("sizing-optimizer", options.optimizer, {}, "optimizer"),
        rng: rng.fork(circuit.name),
        budget: { simulations },
        batch: Number(options.batch),
        until: hasFigure ? "budget" : "functional",
        signal: stop.signal,
        ...(options.journals === undefined
          ? {}
          : { journalFile: join(options.journals, `${family.name}-${what}-${circuit.name.replace(/\W/g, "_")}.jsonl`) }),
      });
      result.sized++;
      if (sized.functional) result.functional++;
      if (!hasFigure) continue;
      result.figures++;
      if (sized.onSpec) result.onSpec++;
      // A circuit that never works has no figure; it stays in the median, as the worst.
      foms.push(sized.functional ? (sized.figureOfMerit ?? Number.NaN) : Number.NaN);
    } catch (error) {
      if (stop.signal.aborted) break;
      result.sized++;
      result.refused.push(`${circuit.name}: ${error.code ?? ""} ${error.message}`.slice(0, 160));
    }
  }
  const worst = family.figureOfMerit.better === "higher" ? -Infinity : Infinity;
  foms.sort((a, b) => (Number.isNaN(a) ? worst : a) - (Number.isNaN(b) ? worst : b));
  const middle = foms[Math.floor(foms.length / 2)];
  result.stopped = stop.signal.aborted;
  return { ...result, medianFom: Number.isNaN(middle) ? undefined : middle };
}

function printRow(...cells) {
  console.log(
    cells
      .map((cell, index) => String(cell).padEnd(widths[index]))
      .join(" ")
      .trimEnd(),
  );
}
