/**
 * What a first guess from gm/ID tables is worth: the share of seed circuits that are functional at the default sizes, at the
 * first guess and at any of the guesses, the share of saturated transistors, and, with simulations given, the share that is
 * functional and the median figure of merit after so many simulations of an optimizer with and without it.
 *
 *   node benchmarks/sizing/first-guess.mjs [families, default opamp,comparator] [circuits each, default 40]
 *     [simulations, default 50; 0 leaves the optimizer out] [seed, default 1] [ngspice or ngspice-native, the default]
 */
import { createRng, PluginHost, sizeCircuit } from "@topogenie/core";
import { builtInPlugins } from "../../apps/cli/dist/built-in-plugins.js";

const families = (process.argv[2] ?? "opamp,comparator").split(",");
const count = Number(process.argv[3] ?? 40);
const simulations = Number(process.argv[4] ?? 50);
const seed = Number(process.argv[5] ?? 1);
const engine = process.argv[6] ?? "ngspice-native";
const OPTIMIZER = "ga";

const host = await PluginHost.load({
  sources: [builtInPlugins],
  seed,
  workers: 2,
  workDirectory: "",
  logger: { debug() {}, info() {}, warn: console.warn },
  signal: new AbortController().signal,
});
const deviceTypes = await host.deviceTypes();
const simulator = await host.create("simulator", engine, {}, "simulator");
const optimizer = await host.create("sizing-optimizer", OPTIMIZER, {}, "optimizer");
const rows = {};
for (const name of families) {
  const family = await host.create("circuit-family", name, {}, "family");
  const rng = createRng(seed).fork(name);
  const seeds = rng
    .fork("circuits")
    .shuffle([...family.seeds()])
    .slice(0, count)
    .map((seedTopology) => seedTopology.circuit);
  const looks = [];
  for (const circuit of seeds) looks.push(await look(family, circuit));
  const share = (holds) => `${looks.filter(holds).length} of ${looks.length}`;
  rows[name] = {
    "functional at defaults": share(({ points }) => points[0]?.functional),
    "at first guess": share(({ points }) => points[1]?.functional),
    "at any guess": share(({ points }) => points.slice(1).some(({ functional }) => functional)),
    "on spec at any guess": share(({ points }) => points.slice(1).some(({ onSpec }) => onSpec)),
    "saturated %": percent(
      looks.reduce((sum, { guess }) => sum + (guess.guesses[0]?.saturated ?? 0), 0),
      looks.reduce((sum, { guess }) => sum + guess.transistors, 0),
    ),
    "operating points": median(looks.map(({ guess }) => guess.simulations)),
    "no guess": share(({ guess }) => guess.guesses.length === 0),
  };
  for (const { circuit, points } of looks) {
    if (process.env.VERBOSE)
      console.log(circuit.name, points.map(({ functional, onSpec }) => (onSpec ? "S" : functional ? "f" : "-")).join(""));
  }
  if (simulations > 0) {
    for (const firstGuess of ["default", "gm-id"]) {
      const results = [];
      for (const circuit of seeds) {
        const label = circuit.name;
        results.push(await sizeCircuit({ ...parts(family, circuit, optimizer, label), firstGuess, budget: { simulations } }));
      }
      const worst = family.figureOfMerit.better === "higher" ? 0 : Infinity;
      rows[name][`${OPTIMIZER} ${simulations}, ${firstGuess}: functional`] = results.filter(
        ({ functional }) => functional,
      ).length;
      rows[name][`${firstGuess}: on spec`] = results.filter(({ onSpec }) => onSpec).length;
      rows[name][`${firstGuess}: median figure`] = Number(
        median(results.map(({ functional, figureOfMerit }) => (functional ? (figureOfMerit ?? worst) : worst))).toPrecision(4),
      );
    }
  }
  console.log(`${name}:`);
  console.table(rows[name]);
}
await host.dispose();

function parts(family, circuit, chosen, label) {
  return { circuit, family, deviceTypes, simulator, optimizer: chosen, rng: createRng(seed).fork(label) };
}

/** Simulates the points to start from, and nothing else. */
async function look(family, circuit) {
  const told = [];
  const replay = {
    name: "starting points",
    capabilities: () => ({ multiObjective: false, learns: false, evaluations: "hundreds" }),
    start: ({ initial }) => {
      let next = 0;
      return {
        ask: (n) => initial.slice(next, (next += n)).map((x, index) => ({ id: next - n + index, x })),
        tell: (evaluations) => told.push(...evaluations),
        best: undefined,
        state: () => ({}),
      };
    },
  };
  const result = await sizeCircuit({
    ...parts(family, circuit, replay, "look"),
    firstGuess: "gm-id",
    warmStart: false,
    budget: { simulations: 40 },
  });
  const constraints = family.specification.constraints.length;
  const points = told.map(({ violation }) => ({ functional: violation <= constraints, onSpec: violation === 0 }));
  return { circuit, points, guess: result.firstGuess };
}

function percent(part, whole) {
  return Number(((100 * part) / whole).toFixed(1));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
