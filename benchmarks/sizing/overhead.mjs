/**
 * What the sizing optimizers cost and what they find.
 *
 * 1. Milliseconds of the optimizer for each evaluation, on a formula in 10, 20 and 40 dimensions.
 * 2. What the optimizer and core's loop cost in sizing a two-stage op-amp, the cheapest simulations that there are, and an LDO, and
 *    what was found: medians over seeds of the best figure of merit on spec, and of the simulations until the first functional
 *    sizing and the first on spec.
 *
 *    - "cost %": milliseconds of the optimizer and the loop, for a hundred in which an engine has a simulation to run;
 *    - "idle %": of the whole time, that in which no simulation runs, with one circuit at a time;
 *    - "idle % of N": the same with as many circuits at once as the commands size.
 *
 *   node benchmarks/sizing/overhead.mjs [simulations, default 300] [seeds, default 3] [ngspice or ngspice-native, the default]
 */
import { createRng, sizeCircuit, sizingsAtOnce } from "@topogenie/core";
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
    for (const seed of seeds) {
      const alone = await sized(optimizer, family, circuit, [seed]);
      const together = Array.from({ length: sizingsAtOnce(simulator) }, (_, index) => seed + index * seeds.length);
      const { "idle %": idle } = await sized(optimizer, family, circuit, together);
      runs.push({ ...alone, [`idle % of ${together.length}`]: idle });
    }
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

/** The simulator with two clocks: one runs while any simulation does, the other as fast as there are engines at work. */
function watched(inner) {
  const clock = { busyMs: 0, engineMs: 0 };
  let running = 0;
  let since = 0;
  const turn = (by) => {
    const now = performance.now();
    if (running > 0) clock.busyMs += now - since;
    clock.engineMs += (now - since) * Math.min(running, WORKERS);
    running += by;
    since = now;
  };
  return {
    clock,
    capabilities: () => inner.capabilities(),
    dispose: () => Promise.resolve(),
    open: async (deck) => {
      const session = await inner.open(deck);
      return {
        close: () => session.close(),
        run: async (request) => {
          turn(1);
          try {
            return await session.run(request);
          } finally {
            turn(-1);
          }
        },
      };
    },
  };
}

/** The circuit with each of the seeds, all at once. */
async function sized(optimizer, family, circuit, seedsAtOnce) {
  const clocked = timed(optimizer);
  const watch = watched(simulator);
  const from = performance.now();
  const size = (seed) =>
    sizeCircuit({
      circuit,
      family,
      deviceTypes,
      simulator: watch,
      optimizer: clocked,
      rng: createRng(seed),
      budget: { simulations },
      batch: BATCH,
    });
  const [result] = await Promise.all(seedsAtOnce.map(size));
  const total = performance.now() - from;
  const first = (reached) => result.progress.find(reached)?.simulations ?? Infinity;
  const each = (milliseconds) => Number((milliseconds / simulations).toFixed(3));
  const percent = (share) => Number((100 * share).toFixed(1));
  const { busyMs, engineMs } = watch.clock;
  const loopMs = total - busyMs - clocked.spentMs();
  return {
    variables: result.variables.length,
    "ms a simulation": each(busyMs),
    "optimizer ms": each(clocked.spentMs()),
    "loop ms": each(loopMs),
    "cost %": percent((clocked.spentMs() + loopMs) / engineMs),
    "idle %": percent(1 - busyMs / total),
    "to functional": first(({ functional }) => functional),
    "to spec": first(({ onSpec }) => onSpec),
    "best on spec": result.onSpec ? Number((result.figureOfMerit ?? 0).toPrecision(4)) : 0,
  };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
