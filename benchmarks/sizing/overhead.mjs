/**
 * What the sizing optimizers cost and what they find.
 *
 * 1. Milliseconds of the optimizer for each evaluation, on a formula in 10, 20 and 40 dimensions.
 * 2. The share of the optimizer and of core's loop in the time of sizing a two-stage op-amp, the cheapest simulations that there
 *    are, and an LDO, and what was found: the median over seeds of the best figure of merit on spec, and of the simulations until
 *    the first functional sizing and the first on spec.
 *
 *   node benchmarks/sizing/overhead.mjs [simulations, default 300] [seeds, default 3] [ngspice or ngspice-native, the default]
 */
import { createRng, sizeCircuit } from "@topogenie/core";
import ldo from "@topogenie/family-ldo";
import opamp from "@topogenie/family-opamp";
import wasm from "@topogenie/simulator-ngspice";
import native from "@topogenie/simulator-ngspice-native";
import { bayes } from "@topogenie/sizing-bayes";
import { cmaes } from "@topogenie/sizing-cmaes";
import { geneticAlgorithm } from "@topogenie/sizing-ga";
import { nsga2 } from "@topogenie/sizing-nsga2";
import { randomSearch } from "@topogenie/sizing-random";
import { policyGradient } from "@topogenie/sizing-rl";
import { createSimulator } from "../simulator/create-simulator.mjs";
import { builtInDeviceTypes } from "../simulator/device-types.mjs";

const simulations = Number(process.argv[2] ?? 300);
const seeds = Array.from({ length: Number(process.argv[3] ?? 3) }, (_, index) => index + 1);
const engine = process.argv[4] ?? "ngspice-native";
const WORKERS = 2;
const BATCH = 16;
const optimizers = [randomSearch(), geneticAlgorithm(), nsga2(), cmaes(), policyGradient(), bayes()];

console.log("optimizer's milliseconds an evaluation, asked in 16s:");
console.table(Object.fromEntries(optimizers.map((optimizer) => [optimizer.name, formulaCost(optimizer)])));

const deviceTypes = await builtInDeviceTypes();
const simulator = await createSimulator(engine === "ngspice" ? wasm : native, WORKERS);
for (const [plugin, wanted] of [
  [opamp, /tail current from IB1.*Miller/],
  [ldo, /^p-channel.*Miller.*external bias voltages/],
]) {
  const [provided] = plugin.provides;
  const family = await provided.create(provided.options.parse({}));
  const { circuit, title } = [...family.seeds()].find((seed) => wanted.test(seed.title));
  console.log(`\n${title} (${circuit.devices.length} devices), ${simulations} simulations, ${WORKERS} workers of ${engine}:`);
  const rows = {};
  for (const optimizer of optimizers) {
    const runs = [];
    for (const seed of seeds) runs.push(await sized(optimizer, family, circuit, seed));
    rows[optimizer.name] = Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]));
  }
  console.table(rows);
}
await simulator.dispose();

function formulaCost(optimizer) {
  const cost = (dimensions) => {
    const problem = {
      dimensions: Array.from({ length: dimensions }, (_, index) => ({ name: `x${index}` })),
      objectives: ["valley"],
      budget: simulations,
      initial: [new Float64Array(dimensions).fill(0.5)],
    };
    const study = timed(optimizer).start(problem, createRng(1));
    for (let told = 0; told < simulations;) {
      const asked = study.ask(Math.min(BATCH, simulations - told));
      told += asked.length;
      study.tell(
        asked.map(({ id, x }) => ({
          id,
          x,
          objectives: [x.reduce((sum, v, i) => sum + (i === 0 ? (v - 0.3) ** 2 : 50 * (v - x[i - 1] ** 2) ** 2), 0)],
          violation: Math.max(0, 0.2 - x[0]),
        })),
      );
    }
    return Number((study.spentMs() / simulations).toFixed(2));
  };
  return { "10 dimensions": cost(10), "20 dimensions": cost(20), "40 dimensions": cost(40) };
}

/** The optimizer with a clock round everything that it does. */
function timed(optimizer) {
  let spent = 0;
  const clocked = (work) => {
    const from = performance.now();
    const result = work();
    spent += performance.now() - from;
    return result;
  };
  return {
    name: optimizer.name,
    capabilities: () => optimizer.capabilities(),
    spentMs: () => spent,
    start: (problem, rng, state) => {
      const study = clocked(() => optimizer.start(problem, rng, state));
      return {
        ask: (n) => clocked(() => study.ask(n)),
        tell: (evaluations) => clocked(() => study.tell(evaluations)),
        state: () => study.state(),
        spentMs: () => spent,
        get best() {
          return study.best;
        },
      };
    },
  };
}

/** The simulator with a clock that runs while at least one simulation does. */
function watched(inner) {
  const clock = { busyMs: 0, from: 0, running: 0 };
  return {
    clock,
    capabilities: () => inner.capabilities(),
    dispose: () => Promise.resolve(),
    open: async (deck) => {
      const session = await inner.open(deck);
      return {
        close: () => session.close(),
        run: async (request) => {
          if (clock.running++ === 0) clock.from = performance.now();
          try {
            return await session.run(request);
          } finally {
            if (--clock.running === 0) clock.busyMs += performance.now() - clock.from;
          }
        },
      };
    },
  };
}

async function sized(optimizer, family, circuit, seed) {
  const clocked = timed(optimizer);
  const watch = watched(simulator);
  const from = performance.now();
  const result = await sizeCircuit({
    circuit,
    family,
    deviceTypes,
    simulator: watch,
    optimizer: clocked,
    rng: createRng(seed),
    budget: { simulations },
    batch: BATCH,
  });
  const total = performance.now() - from;
  const first = (reached) => result.progress.find(reached)?.simulations ?? Infinity;
  const percent = (part) => Number(((100 * part) / total).toFixed(1));
  return {
    variables: result.variables.length,
    "simulation %": percent(watch.clock.busyMs),
    "optimizer %": percent(clocked.spentMs()),
    "loop %": percent(total - watch.clock.busyMs - clocked.spentMs()),
    "ms a simulation": Number((watch.clock.busyMs / simulations).toFixed(2)),
    "to functional": first(({ functional }) => functional),
    "to spec": first(({ onSpec }) => onSpec),
    "best on spec": result.onSpec ? Number((result.figureOfMerit ?? 0).toPrecision(4)) : 0,
  };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
