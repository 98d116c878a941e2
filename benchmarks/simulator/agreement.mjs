/**
 * Do the WebAssembly engine and the installed ngspice agree? Operating point, ac and transient of circuits of a dataset, on
 * generic benches with a signal at every driven port, both from the same nodeset. Prints the largest relative difference of
 * a node (absolute below a thousandth of a volt, and of what the signal gives at most).
 *
 *   node benchmarks/simulator/agreement.mjs [dataset] [number of circuits, default 200]
 */
import { checkSimulatable, electricalRules, genericBench, importCircuits } from "@topogenie/core";
import ngspice from "@topogenie/simulator-ngspice";
import native from "@topogenie/simulator-ngspice-native";
import { createSimulator } from "./create-simulator.mjs";
import { builtInDeviceTypes } from "./device-types.mjs";

const dataset = process.argv[2] ?? process.env.TOPOGENIE_DATASET ?? "../shared/data/analoggenie-3015.tar.gz";
const count = Number(process.argv[3] ?? 200);
const MOST = 1e-6;
const analyses = [
  { kind: "op" },
  { kind: "ac", pointsPerDecade: 2, startHz: 1e3, stopHz: 1e9 },
  { kind: "tran", stepS: 5e-9, stopS: 1e-6, maxStepS: 5e-9 },
];
const deviceTypes = await builtInDeviceTypes();
const { circuits } = await importCircuits(dataset, { deviceTypes });
const sound = circuits
  .map((entry) => entry.circuit ?? entry)
  .filter((circuit) => electricalRules.every((rule) => rule.check(circuit, deviceTypes).length === 0));
const engines = { wasm: await createSimulator(ngspice, 1), native: await createSimulator(native, 1) };

const worst = { op: { difference: 0 }, ac: { difference: 0 }, tran: { difference: 0 } };
const apart = [];
const failed = [];
const regenerative = [];
let compared = 0;
let unsimulatable = 0;
for (let index = 0; compared < count && index < sound.length; index++) {
  // Spread over the dataset: steps that share no factor with its length.
  const circuit = sound[(index * 1009) % sound.length];
  const verdict = await checkSimulatable(circuit, { simulator: engines.native, deviceTypes });
  if (!verdict.simulatable) {
    unsimulatable++;
    continue;
  }
  const results = await Promise.all(Object.values(engines).map((engine) => run(engine, driven(circuit), verdict.op.nodes)));
  const statuses = results.map(({ status }) => status).join(" and ");
  if (statuses !== "ok and ok") {
    failed.push(`${circuit.name} (${statuses}: ${results.find(({ status }) => status !== "ok").message.slice(0, 60)})`);
    if (results[0].status !== results[1].status) apart.push(`${circuit.name}: ${statuses}`);
    continue;
  }
  compared++;
  const found = differences(...results.map((result) => result.analyses));
  if (!(found.tran <= MOST)) {
    // A latch or an oscillator makes much of the last bit: one engine then disagrees with itself as well.
    const same = await run(engines.native, driven(circuit, 1 + 1e-12), verdict.op.nodes);
    const itself = differences(results[1].analyses, same.analyses).tran;
    if (!(itself <= MOST)) {
      regenerative.push(`${circuit.name} (${itself.toExponential(1)})`);
      found.tran = 0;
    }
  }
  for (const [kind, difference] of Object.entries(found)) {
    if (difference > worst[kind].difference) worst[kind] = { difference, circuit: circuit.name };
    if (!(difference <= MOST)) apart.push(`${circuit.name} (${kind} ${difference.toExponential(1)})`);
  }
}
for (const simulator of Object.values(engines)) await simulator.dispose();
console.log(
  `${compared} circuits compared; ${unsimulatable} without an operating point, ${failed.length} failed: ${failed.join(", ")}`,
);
for (const [kind, { difference, circuit }] of Object.entries(worst)) {
  console.log(`${kind}: largest difference ${difference.toExponential(2)}, in circuit ${circuit}`);
}
console.log(
  `transients that a change of 1e-12 in the signal moves by more than ${MOST} in one engine, left out: ` +
    `${regenerative.length}: ${regenerative.join(", ")}`,
);
console.log(`further apart than ${MOST}: ${apart.length}${apart.length > 0 ? `: ${apart.join(", ")}` : ""}`);
process.exitCode = apart.length === 0 ? 0 : 1;

/** The generic bench with a signal on every source but the supply. */
function driven(circuit, change = 1) {
  const { deck } = genericBench(circuit, deviceTypes);
  const elements = deck.elements.map((element) => {
    if (element.kind !== "voltage" || !element.name.endsWith("_source")) return element;
    const waveform = { kind: "sine", offset: element.values.dc, amplitude: 0.01 * change, frequencyHz: 1e6 };
    return { ...element, values: { ...element.values, acmag: 1 }, waveform };
  });
  return { ...deck, elements };
}

async function run(engine, deck, nodeset) {
  const session = await engine.open(deck);
  const result = await session.run({ analyses, nodeset, timeoutMs: 60_000 });
  await session.close();
  return result;
}

function differences([opA, acA, tranA], [opB, acB, tranB]) {
  const nodes = Object.keys(opA.op.nodes);
  const most = (values) => values.reduce((a, b) => Math.max(a, b), 0);
  const apartAt = (a, b, floor) => Math.abs(a - b) / Math.max(Math.abs(a), floor);
  const largest = most(
    nodes.flatMap((node) => [...acA.vectors[node].re].map((re, i) => Math.hypot(re, acA.vectors[node].im[i]))),
  );
  return {
    op: most(nodes.map((node) => apartAt(opA.op.nodes[node], opB.op.nodes[node], 1e-3))),
    ac: most(
      nodes.flatMap((node) => {
        const [a, b] = [acA.vectors[node], acB.vectors[node]];
        return [...a.re].map(
          (re, i) => Math.hypot(re - b.re[i], a.im[i] - b.im[i]) / Math.max(Math.hypot(re, a.im[i]), 1e-3 * largest, 1e-9),
        );
      }),
    ),
    tran:
      tranA.x.length !== tranB.x.length
        ? Infinity
        : most(nodes.flatMap((node) => [...tranA.vectors[node]].map((volts, i) => apartAt(volts, tranB.vectors[node][i], 1e-3)))),
  };
}
