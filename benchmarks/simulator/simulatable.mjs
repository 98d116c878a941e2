/**
 * Is every circuit of a dataset simulatable, and how does each end? Then the same for random wirings of its devices.
 * Prints the table of reasons and the longest time that a circuit took.
 *
 *   node benchmarks/simulator/simulatable.mjs [dataset] [number of random wirings] [only every nth circuit]
 */
import { checkSimulatable, Circuit, createRng, electricalRules, importCircuits } from "@topogenie/core";
import ngspice from "@topogenie/simulator-ngspice";
import { writeFileSync } from "node:fs";
import { createSimulator } from "./create-simulator.mjs";
import { builtInDeviceTypes } from "./device-types.mjs";

const dataset = process.argv[2] ?? process.env.TOPOGENIE_DATASET ?? "../shared/data/analoggenie-3015.tar.gz";
const randomCount = Number(process.argv[3] ?? 2000);
const every = Number(process.argv[4] ?? 1);

const deviceTypes = await builtInDeviceTypes();
const { circuits: all } = await importCircuits(dataset, { deviceTypes });
const circuits = all.map((entry) => entry.circuit ?? entry).filter((_, index) => index % every === 0);
const simulator = await createSimulator(ngspice, 2);

await judge("human-designed circuits", circuits);
await judge("random wirings", randomWirings(circuits, randomCount));
await simulator.dispose();

async function judge(title, population) {
  const tally = new Map();
  const details = [];
  let slowest = { ms: 0, name: "" };
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < population.length) {
      const circuit = population[next++];
      const before = performance.now();
      const violations = electricalRules.flatMap((rule) => rule.check(circuit, deviceTypes));
      const verdict = await checkSimulatable(circuit, { simulator, deviceTypes });
      const ms = performance.now() - before;
      if (ms > slowest.ms) slowest = { ms, name: circuit.name };
      const key = verdict.simulatable ? `simulatable (${verdict.convergence})` : verdict.reason;
      const row = tally.get(key) ?? { circuits: 0, ofThoseThatKeepTheRules: 0, example: "" };
      row.circuits++;
      if (violations.length === 0) row.ofThoseThatKeepTheRules++;
      if (!verdict.simulatable) row.example ||= `${circuit.name}: ${verdict.message.slice(0, 90)}`;
      tally.set(key, row);
      details.push({
        name: circuit.name,
        key,
        ms,
        rules: [...new Set(violations.map(({ rule }) => rule))],
        message: verdict.message,
      });
    }
  };
  await Promise.all([worker(), worker()]);
  const kept = details.filter(({ rules }) => rules.length === 0).length;
  const good = details.filter(({ key }) => key.startsWith("simulatable")).length;
  const goodKept = details.filter(({ key, rules }) => key.startsWith("simulatable") && rules.length === 0).length;
  console.log(`\n${title}: ${population.length}, of which ${kept} keep every electrical rule`);
  console.table(Object.fromEntries([...tally].sort((a, b) => b[1].circuits - a[1].circuits)));
  console.log(`simulatable: ${percent(good, population.length)} of all, ${percent(goodKept, kept)} of those that keep the rules`);
  console.log(
    `slowest: ${slowest.name}, ${slowest.ms.toFixed(0)} ms; all of them: ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  if (process.env.DETAILS) writeFileSync(`${process.env.DETAILS}-${title.split(" ")[0]}.json`, JSON.stringify(details));
}

function percent(part, whole) {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} % (${part})`;
}

/** The devices and ports of human-designed circuits, with the pins dealt out anew over as many nets. */
function randomWirings(models, count) {
  const rng = createRng("random wirings");
  return Array.from({ length: count }, (_, index) => {
    const own = rng.fork(index);
    const model = models[own.integer(models.length)];
    const nets = [...model.nets.keys()];
    const devices = model.devices.map((device) => ({ ...device, nets: device.nets.map(() => nets[own.integer(nets.length)]) }));
    return new Circuit({ name: `random ${index}`, ports: model.ports, devices });
  });
}
