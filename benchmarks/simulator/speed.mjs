/**
 * Simulations a second with new sizes each, operating point and ac analysis of 91 points, beside one `ngspice -b`
 * process a run. Read back are the operating point and one node's response, as a sizing does. Methods take turns within one run, so that what else the machine does weighs on all alike.
 * Needs ngspice (apt-get install ngspice).
 *
 *   node benchmarks/simulator/speed.mjs [seconds a circuit and method, default 6]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRng, plainNumber, readRawFile, writeDeck } from "@topogenie/core";
import ngspice from "@topogenie/simulator-ngspice";
import native from "@topogenie/simulator-ngspice-native";
import { createSimulator } from "./create-simulator.mjs";
import { machineCeiling } from "./machine-ceiling.mjs";
import { fortyTransistors, randomSizing, sizedDeck, tenTransistors } from "./decks.mjs";

const seconds = Number(process.argv[2] ?? 6);
const ROUNDS = 4;
const analyses = [{ kind: "op" }, { kind: "ac", pointsPerDecade: 10, startHz: 1, stopHz: 1e9 }];
const FROM_NODESET = "from the last solution";
const starts = ["from nothing", FROM_NODESET];
const targets = { wasm: { 10: 12, 40: 8 }, native: { 10: 20, 40: 12 } };
const folder = mkdtempSync(join(tmpdir(), "topogenie-bench-"));

const ceiling = await machineCeiling();
console.log(`two processes that share nothing do ${ceiling.toFixed(2)} times the work of one on this machine, now`);
for (const [transistors, deck] of [
  [10, tenTransistors],
  [40, fortyTransistors],
]) {
  await compare(transistors, deck);
}
await longTransient();
rmSync(folder, { recursive: true });

async function compare(transistors, deck) {
  const methods = [{ name: "ngspice -b, a process a run", workers: 1, run: batchRunner(deck) }];
  const closing = [];
  for (const [engine, plugin] of [
    ["wasm", ngspice],
    ["native", native],
  ]) {
    for (const workers of [1, 2]) {
      const simulator = await createSimulator(plugin, workers);
      closing.push(simulator);
      const session = await simulator.open(deck);
      const first = await session.run({ analyses: [{ kind: "op" }], timeoutMs: 60_000 });
      if (first.status !== "ok") throw new Error(first.message);
      const nodeset = first.analyses[0].op.nodes;
      for (const from of starts) {
        const run = async (set) => {
          const start = from === FROM_NODESET ? { nodeset } : {};
          const result = await session.run({ set, analyses, save: ["a_out"], timeoutMs: 60_000, ...start });
          if (result.status !== "ok") throw new Error(result.message);
        };
        methods.push({ name: `${engine}, ${workers} worker${workers > 1 ? "s" : ""}, ${from}`, engine, workers, from, run });
      }
    }
  }
  const rng = createRng(1);
  for (const method of methods) Object.assign(method, { runs: 0, ms: 0 });
  for (const method of methods) await once(method, deck, rng, 0.3);
  for (const method of methods) Object.assign(method, { runs: 0, ms: 0 });
  for (let round = 0; round < ROUNDS; round++) {
    for (const method of methods) await once(method, deck, rng, seconds / ROUNDS);
  }
  for (const simulator of closing) await simulator.dispose();

  const rate = ({ runs, ms }) => (1000 * runs) / ms;
  const baseline = rate(methods[0]);
  console.log(`\n${deck.title}: op + ac of 91 points, new sizes each run`);
  console.table(
    methods.map((method) => ({
      method: method.name,
      "runs/s": Math.round(rate(method)),
      "times ngspice -b": Number((rate(method) / baseline).toFixed(1)),
    })),
  );
  for (const engine of ["wasm", "native"]) {
    const of = (workers, from) =>
      methods.find((method) => method.engine === engine && method.workers === workers && method.from === from);
    const gain = (from) => (rate(of(2, from)) / rate(of(1, from))).toFixed(2);
    const best = Math.max(...starts.map((from) => rate(of(1, from))));
    const target = targets[engine][transistors];
    console.log(
      `${engine}: ${(best / baseline).toFixed(1)}x a core (target ${target}x); two workers give ` +
        `${starts.map((from) => `${gain(from)}x of one ${from}`).join(", ")} ` +
        `(target 1.8x; this machine's ceiling ${ceiling.toFixed(2)}x)`,
    );
  }
}

async function once(method, deck, rng, forSeconds) {
  const started = performance.now();
  const until = started + forSeconds * 1000;
  const chain = async () => {
    while (performance.now() < until) {
      await method.run(randomSizing(deck, rng));
      method.runs++;
    }
  };
  // Two runs a worker in flight: one is simulated while the last one's result is being read.
  await Promise.all(Array.from({ length: method.engine === undefined ? 1 : method.workers * 2 }, chain));
  method.ms += performance.now() - started;
}

function batchRunner(deck) {
  return async (set) => {
    const cir = join(folder, "run.cir");
    const raw = join(folder, "run.raw");
    writeFileSync(
      cir,
      ["benchmark", ...writeDeck(sizedDeck(deck, set), plainNumber), ".op", ".ac dec 10 1 1e9", ".end", ""].join("\n"),
    );
    execFileSync("ngspice", ["-b", "-n", "-r", raw, cir], { stdio: "ignore", env: { ...process.env, OMP_THREAD_LIMIT: "1" } });
    if (readRawFile(readFileSync(raw)) === undefined && !readFileSync(raw, "latin1").includes("No. Points: 91")) {
      throw new Error("ngspice -b left no result");
    }
  };
}

async function longTransient() {
  const analysis = { kind: "tran", stepS: 1e-8, stopS: 2e-4, maxStepS: 1e-8 };
  const times = {};
  for (const [name, plugin] of [
    ["wasm", ngspice],
    ["native", native],
  ]) {
    const simulator = await createSimulator(plugin, 1);
    const session = await simulator.open(tenTransistors);
    await session.run({ analyses: [{ kind: "op" }], timeoutMs: 60_000 });
    const started = performance.now();
    const result = await session.run({ analyses: [analysis], save: ["a_out"], timeoutMs: 300_000 });
    if (result.status !== "ok") throw new Error(result.message);
    times[name] = performance.now() - started;
    await simulator.dispose();
  }
  console.log(
    `\nlong transient, 20,000 steps of the 10-transistor op-amp: wasm ${times.wasm.toFixed(0)} ms, native ${times.native.toFixed(0)} ms ` +
      `(wasm has ${(times.native / times.wasm).toFixed(2)} of native's speed)`,
  );
}
