/**
 * Do the WebAssembly engine and the installed ngspice agree? Operating points of circuits of a dataset, on generic
 * benches, both from the same nodeset. Prints the largest relative difference of a node voltage (absolute below 1 mV).
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
const deviceTypes = await builtInDeviceTypes();
const { circuits } = await importCircuits(dataset, { deviceTypes });
const sound = circuits
  .map((entry) => entry.circuit ?? entry)
  .filter((circuit) => electricalRules.every((rule) => rule.check(circuit, deviceTypes).length === 0));
const engines = { wasm: await createSimulator(ngspice, 1), native: await createSimulator(native, 1) };

let compared = 0;
let unsimulatable = 0;
const apart = [];
let worst = { difference: 0, circuit: "", node: "" };
for (let index = 0; index < count; index++) {
  const circuit = sound[Math.floor((index * sound.length) / count)];
  const verdict = await checkSimulatable(circuit, { simulator: engines.native, deviceTypes, timeoutMs: 10_000 });
  if (!verdict.simulatable) {
    unsimulatable++;
    continue;
  }
  const { deck, dut } = genericBench(circuit, deviceTypes);
  const points = [];
  for (const simulator of Object.values(engines)) {
    const session = await simulator.open(deck);
    const result = await session.run({ analyses: [{ kind: "op" }], nodeset: verdict.op.nodes, timeoutMs: 30_000 });
    await session.close();
    if (result.status !== "ok") throw new Error(`${circuit.name}: ${result.status} ${result.message}`);
    points.push(result.analyses[0].op.nodes);
  }
  compared++;
  let own = 0;
  for (const net of circuit.nets.keys()) {
    const node = dut.node(net);
    if (node === "0") continue;
    const [a, b] = points.map((nodes) => nodes[node]);
    const difference = Math.abs(a - b) / Math.max(Math.abs(a), 1e-3);
    own = Math.max(own, difference);
    if (difference > worst.difference) worst = { difference, circuit: circuit.name, node };
  }
  if (own > 1e-6) apart.push(`${circuit.name} (${own.toExponential(1)})`);
}
for (const simulator of Object.values(engines)) await simulator.dispose();
console.log(`${compared} circuits compared, ${unsimulatable} without an operating point`);
console.log(`largest difference: ${worst.difference.toExponential(2)} at ${worst.node} of circuit ${worst.circuit}`);
console.log(`further apart than 1e-6: ${apart.length}${apart.length > 0 ? `: ${apart.join(", ")}` : ""}`);
