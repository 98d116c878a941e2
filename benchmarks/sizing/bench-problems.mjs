/**
 * How many simulations each optimizer needs for what the genetic algorithm reaches with its whole budget, on the problems of
 * bench.yaml, with two public Python optimizers on the same simulations. Each problem is a comparison of its own in
 * runs/bench-PROBLEM, resumable; the table at the end is over all problems that have been run, each with its own budget.
 *
 *   node benchmarks/sizing/bench-problems.mjs [problems, default all; "none" only prints] [simulations, default 1000]
 *     [repeats, default 5] [others' share of the budget, default 0.4] [optimizers, default all of bench.yaml] [workers, default 2]
 *
 * A policy that topogenie train-sizing wrote into runs/FAMILY-policy is used by two more optimizers: rl-policy, and rl-policy-bayes,
 * which goes on from its proposals by Bayesian optimization.
 */
import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { comparisonSchema, loadConfigOf, runComparison, TopogenieError, writeAtomic } from "@topogenie/core";
import { comparisonData, renderComparison } from "@topogenie/report";
import { builtInPlugins } from "../../apps/cli/dist/built-in-plugins.js";
import { pythonLibrary, pythonOptimizers } from "./python-optimizers.mjs";

const [wanted = "all", simulations = "1000", repeats = "5", share = "0.4", chosen = "all", workers = "2"] = process.argv.slice(2);
const file = join(dirname(fileURLToPath(import.meta.url)), "bench.yaml");
const { config, ...source } = await loadConfigOf(comparisonSchema, file);
const missing = new Map();
for (const name of pythonOptimizers) {
  const library = pythonLibrary(name, config.optimizers[name].options.python);
  if (library === undefined) missing.set(name, "Python or its library is missing here");
  console.log(`${name}: ${library ?? missing.get(name)}`);
}
const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new TopogenieError("STOPPED", "Stopped; the same command goes on.")));
const problems = wanted === "none" ? [] : wanted === "all" ? Object.keys(config.problems) : wanted.split(",");
for (const problem of problems) await run(problem);
await print();

async function run(problem) {
  const { family } = config.problems[problem];
  const optimizers = {};
  const policy = await latestPolicy(family);
  const all = {
    ...config.optimizers,
    ...(policy === undefined
      ? {}
      : {
          "rl-policy": { optimizer: "rl", options: { policy } },
          "rl-policy-bayes": { optimizer: "rl", options: { policy, search: "bayes" } },
        }),
  };
  for (const [name, settings] of Object.entries(all)) {
    if (missing.has(name) || (chosen !== "all" && name !== config.baseline && !chosen.split(",").includes(name))) continue;
    const own = name === config.baseline ? {} : { simulations: Math.round(share * simulations) };
    optimizers[name] = { ...settings, ...own };
  }
  const runPath = resolve("runs", `bench-${problem}`);
  const settings = { simulations: Number(simulations), repeats: Number(repeats), workers: Number(workers) };
  const from = performance.now();
  let told = 0;
  const { summary, trials } = await runComparison({
    loaded: { ...source, config: { ...config, ...settings, optimizers, problems: { [problem]: config.problems[problem] } } },
    runPath,
    resume: true,
    builtIn: builtInPlugins,
    versions: {},
    logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
    signal: stop.signal,
    onProgress: ({ done, total, note }) => {
      if (performance.now() - told < 30_000) return;
      told = performance.now();
      console.log(`  ${done} of ${total} simulations, ${note}`);
    },
  });
  for (const [name, content] of comparisonData(trials)) await writeAtomic(join(runPath, name), content);
  await writeAtomic(join(runPath, "report.html"), renderComparison(summary));
  console.log(`${problem}: ${((performance.now() - from) / 60_000).toFixed(1)} minutes`);
}

async function latestPolicy(family) {
  const rounds = resolve("runs", `${family}-policy`, "rounds");
  const numbers = (await readdir(rounds).catch(() => [])).map(Number).sort((a, b) => b - a);
  for (const number of numbers) {
    const folder = join(rounds, String(number), "policy");
    if (
      await access(folder).then(
        () => true,
        () => false,
      )
    )
      return folder;
  }
  return undefined;
}

async function print() {
  const ratios = new Map();
  for (const problem of Object.keys(config.problems)) {
    const text = await readFile(resolve("runs", `bench-${problem}`, "comparison.json"), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const {
      problems: [summary],
      simulations: budget,
      repeats: seeds,
    } = JSON.parse(text);
    const { name, unit, better } = summary.figureOfMerit;
    console.log(`\n${problem}: ${summary.variables} variables, ${seeds} seeds; ${name} [${unit}], ${better} is better`);
    const rows = {};
    for (const row of summary.optimizers) {
      const needed = Number(row.simulationsToBaseline.median);
      const ratio = budget / needed;
      if (row.optimizer !== config.baseline)
        ratios.set(row.optimizer, [...(ratios.get(row.optimizer) ?? []), { ratio, tried: budget / row.budget }]);
      rows[row.optimizer] = {
        budget: row.budget,
        "to ga's result": Number.isFinite(needed) ? needed : `> ${row.budget}`,
        "times fewer": Number.isFinite(needed) ? Number(ratio.toFixed(2)) : `< ${(budget / row.budget).toFixed(1)}`,
        "to spec": Number.isFinite(Number(row.simulationsToSpec.median)) ? Number(row.simulationsToSpec.median) : "never",
        "on spec": `${row.onSpec} of ${row.trials}`,
        figure: Number(Number(row.figureOfMerit.median).toPrecision(4)),
        p: row.probability === undefined ? "" : Number(Number(row.probability).toFixed(3)),
      };
    }
    for (const [optimizer, reason] of missing) rows[optimizer] = { budget: reason };
    console.table(rows);
  }
  console.log(`\nTimes fewer simulations than ${config.baseline}, median over the problems that were run:`);
  const overall = {};
  for (const [optimizer, found] of ratios) {
    const sorted = found.map(({ ratio }) => ratio).sort((a, b) => b - a);
    const [more, less] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
    overall[optimizer] = {
      problems: found.length,
      "times fewer":
        less > 0
          ? Number(((more + less) / 2).toFixed(2))
          : `not reached in ${Math.min(...found.map(({ tried }) => 1 / tried)).toFixed(2)} of the budget`,
      // A median between two problems says more of the better one than it should where they are far apart.
      "lesser of the middle two": less > 0 ? Number(less.toFixed(2)) : "",
    };
  }
  console.table(overall);
}
