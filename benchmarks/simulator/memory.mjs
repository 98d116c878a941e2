/**
 * Does memory stay bounded over many runs, with new sizes each and a circuit loaded anew now and then?
 *
 *   node benchmarks/simulator/memory.mjs [runs, default 10000] [wasm or native]
 */
import { readFileSync } from "node:fs";
import { createRng } from "@topogenie/core";
import { createSimulator } from "./create-simulator.mjs";
import { randomSizing, tenTransistors } from "./decks.mjs";

const runs = Number(process.argv[2] ?? 10_000);
const name = process.argv[3] ?? "wasm";
const { default: plugin } = await import(
  name === "wasm" ? "@topogenie/simulator-ngspice" : "@topogenie/simulator-ngspice-native"
);
const simulator = await createSimulator(plugin, 1);
const rng = createRng(1);
const analyses = [{ kind: "op" }, { kind: "ac", pointsPerDecade: 10, startHz: 1, stopHz: 1e9 }];
let session = await simulator.open(tenTransistors);
const first = await session.run({ analyses, timeoutMs: 60_000 });
const nodeset = first.analyses[0].op.nodes;
for (let run = 1; run <= runs; run++) {
  if (run % 20 === 0) {
    await session.close();
    session = await simulator.open(tenTransistors);
  }
  const result = await session.run({ set: randomSizing(tenTransistors, rng), analyses, nodeset, timeoutMs: 60_000 });
  if (result.status !== "ok") throw new Error(`run ${run}: ${result.status} ${result.message}`);
  if (run % Math.ceil(runs / 10) === 0) {
    const { rss, external, heapUsed } = process.memoryUsage();
    const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
    console.log(
      `${run} runs: resident ${megabytes(rss)}, outside the heap ${megabytes(external)}, heap ${megabytes(heapUsed)}` +
        (name === "wasm" ? "" : `; processes of the engine ${megabytes(childrenBytes())}`),
    );
  }
}
await simulator.dispose();

/** Resident memory of this process's children, as Linux tells it. */
function childrenBytes() {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "latin1").trim().split(" ");
  return children.reduce((sum, pid) => {
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return sum + Number(kilobytes ?? 0) * 1024;
  }, 0);
}
