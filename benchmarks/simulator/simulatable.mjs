/**
 * Is every circuit of a dataset simulatable, and how does each end? Then the same for random wirings of its devices.
 * Prints the table of reasons, for those that fail the electrical rules that they break (which is why human-designed ones
 * fail: their drawings leave out the bias of a gate), and the longest times that a circuit took.
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

// Engines are started first: that is no part of any circuit's time.
await Promise.all([circuits[0], circuits[0]].map((circuit) => checkSimulatable(circuit, { simulator, deviceTypes })));
await judge("human-designed circuits", circuits);
await judge("random wirings", randomWirings(circuits, randomCount));
await simulator.dispose();

async function judge(title, population) {
  const tally = new Map();
  const details = [];
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < population.length) {
      const circuit = population[next++];
      const before = performance.now();
      const violations = electricalRules.flatMap((rule) => rule.check(circuit, deviceTypes));
      const verdict = await checkSimulatable(circuit, { simulator, deviceTypes });
      const ms = performance.now() - before;
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
  const reasons = new Map();
  for (const { key, rules } of details) {
    if (key.startsWith("simulatable")) continue;
    const why = `${key}; ${rules.length === 0 ? "keeps the rules" : `breaks ${rules.join(", ")}`}`;
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  for (const [why, count] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 12)) console.log(`  ${count}: ${why}`);
  const slowest = details
    .slice()
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 10);
  // Again, one at a time: the processor's time, workers included, hardly depends on what else the machine does.
  const alone = [];
  for (const { name } of slowest) {
    const circuit = population.find((candidate) => candidate.name === name);
    const before = process.cpuUsage();
    await checkSimulatable(circuit, { simulator, deviceTypes });
    const { user, system } = process.cpuUsage(before);
    alone.push((user + system) / 1000);
  }
  console.log(
    `slowest: ${slowest.map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`).join(", ")}; ` +
      `of processor time, alone: ${alone.map((ms) => ms.toFixed(0)).join(", ")} ms; longer than 2 s: ${details.filter(({ ms }) => ms > 2000).length}; ` +
      `all of them: ${((performance.now() - started) / 1000).toFixed(0)} s`,
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
