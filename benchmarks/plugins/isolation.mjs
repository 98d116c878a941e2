/**
 * What core's guard costs at the seam: the same calls on what a plugin made and on what the host hands out, in turns, in one
 * run. Prints microseconds a call and their ratio. `npm run bench:plugins`
 */
import { batchOf, createRng, PluginHost, silentLogger } from "@topogenie/core";
import gaPlugin from "@topogenie/sizing-ga";
import modelPlugin from "@topogenie/model";
import ngspicePlugin from "@topogenie/simulator-ngspice";

const context = {
  logger: silentLogger,
  rng: createRng(1),
  signal: new AbortController().signal,
  workDirectory: ".",
  workers: 1,
  deviceTypes: new Map(),
  use: () => Promise.reject(new Error("nothing else is used")),
};
const host = await PluginHost.load({
  sources: [
    {
      specifiers: ["@topogenie/sizing-ga", "@topogenie/model", "@topogenie/simulator-ngspice"],
      folder: import.meta.dirname,
      file: "this benchmark",
    },
  ],
  seed: 1,
  workers: 1,
  workDirectory: ".",
  logger: silentLogger,
  signal: context.signal,
});

/** What the plugin made, and the same behind the seam. */
async function both(plugin, kind, name) {
  const provided = plugin.provides.find((thing) => thing.name === name);
  return [await provided.create(provided.options.parse({}), context), await host.create(kind, name, {}, "benchmark")];
}

/** Microseconds a call, the best of several turns each, taken in turns so that both meet the same load. */
async function compare(what, [plain, guarded], calls) {
  const best = [Infinity, Infinity];
  for (let turn = 0; turn < 60; turn++) {
    for (const [which, work] of [plain, guarded].entries()) {
      const started = performance.now();
      for (let call = 0; call < calls; call++) await work();
      best[which] = Math.min(best[which], ((performance.now() - started) * 1e3) / calls);
    }
  }
  const [a, b] = best;
  console.log(
    `${what.padEnd(46)} ${a.toFixed(1).padStart(9)} us ${b.toFixed(1).padStart(9)} us  ${((b / a - 1) * 100).toFixed(1).padStart(6)} %`,
  );
}

console.log(`${"call".padEnd(46)} ${"plain".padStart(12)} ${"guarded".padStart(12)}  ${"more".padStart(8)}`);

const problem = {
  dimensions: Array.from({ length: 20 }, (_, index) => ({ name: `x${index}` })),
  objectives: ["f"],
  budget: 1e9,
  initial: [],
};
const optimizers = await both(gaPlugin, "sizing-optimizer", "ga");
await compare(
  "ask and tell of 16 candidates, 20 dimensions",
  optimizers.map((optimizer) => {
    const study = optimizer.start(problem, createRng(1));
    return () => {
      const asked = study.ask(16);
      study.tell(asked.map(({ id, x }) => ({ id, x, objectives: [x[0]], violation: 0 })));
    };
  }),
  20,
);

const deck = {
  title: "divider",
  elements: [
    { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1 } },
    { kind: "resistor", name: "top", nodes: ["a", "b"], values: { r: 1e3 } },
    { kind: "resistor", name: "bottom", nodes: ["b", "0"], values: { r: 1e3 } },
  ],
  models: [],
};
const request = { analyses: [{ kind: "op" }], timeoutMs: 10_000 };
const simulators = await both(ngspicePlugin, "simulator", "ngspice");
const sessions = await Promise.all(simulators.map((simulator) => simulator.open(deck)));
await compare(
  "run of an operating point of two resistors",
  sessions.map((session) => () => session.run(request)),
  20,
);

const config = { layers: 2, heads: 2, width: 32, context: 64, vocabularySize: 50, dropout: 0 };
const settings = { learningRate: 1e-3, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
const batch = batchOf([[Int32Array.from({ length: 64 }, (_, index) => 3 + (index % 40))]], 1, 63);
const backends = await both(modelPlugin, "model-backend", "onnxruntime");
const models = await Promise.all(backends.map((backend) => backend.create(config, 1)));
await compare(
  "trainStep of 63 tokens, 2 layers, width 32",
  models.map((model) => () => model.trainStep(batch, settings)),
  6,
);

await Promise.all([...simulators, backends[0]].map((thing) => thing.dispose()));
await host.dispose();
