import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LoadedConfig } from "../config/load-config.js";
import type { Circuit } from "../circuit/circuit.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { PluginKind } from "../contracts/plugin.js";
import type { Simulator } from "../contracts/simulator.js";
import type { RunDirectory } from "../pipeline/run-directory.js";
import { workInRun, type WorkOptions } from "../pipeline/work-in-run.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import { JointProgress, type ProgressPiece } from "../runtime/joint-progress.js";
import { mapConcurrently } from "../runtime/map-concurrently.js";
import { didYouMean } from "../runtime/nearest.js";
import type { ProgressListener } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import { sizeCircuit } from "../sizing/size-circuit.js";
import { sizingsAtOnce } from "../sizing/sizings-at-once.js";
import type { ComparisonConfig } from "./comparison-config.js";
import { comparisonSummaryJson } from "./comparison-summary-json.js";
import { summarise, type ComparisonSummary } from "./comparison-summary.js";
import { findCircuit } from "./find-circuit.js";
import { trialOf, type Trial } from "./trial.js";

export interface ComparisonOptions extends WorkOptions<ComparisonConfig> {
  readonly onProgress: ProgressListener;
}

export interface Comparison {
  readonly summary: ComparisonSummary;
  readonly trials: readonly Trial[];
}

interface Problem {
  readonly name: string;
  readonly family: CircuitFamily;
  readonly circuit: Circuit;
  /** Known once a trial has run. */
  variables: number;
}

interface StoredTrial {
  /** Of everything that the trial depends on. */
  readonly key: string;
  readonly variables: number;
  readonly trial: Trial;
}

/**
 * Every optimizer sizes every circuit `repeats` times, all with the same budget. Each trial is written as it ends, each
 * simulation as it is done, so that a comparison that was stopped goes on where it was. Trials are seeded by what they are:
 * adding an optimizer or a problem leaves the others as they were.
 * Throws what a wrong config deserves before the first simulation; `RUN_EXISTS` for a used directory without `resume`.
 */
export async function runComparison(options: ComparisonOptions): Promise<Comparison> {
  const { loaded, runPath, versions } = options;
  const { config } = loaded;
  return workInRun(options, { what: "a comparison", isBegun: holdsTrials }, async ({ run, host, plugins }) => {
    checkNames(host, config);
    const problems = await openProblems(host, loaded);
    await writeJson(run.resolvedFile, { config, configFile: loaded.file, versions, plugins });
    const trials = await new Trials(options, run, host, problems).run();
    const summary = summarise(
      config,
      problems.map(({ name, family, circuit, variables }) => ({ name, family, circuit: circuit.name, variables })),
      trials,
    );
    await writeJson(join(runPath, "comparison.json"), comparisonSummaryJson(summary));
    return { summary, trials };
  });
}

function trialsFolder(path: string): string {
  return join(path, "trials");
}

async function holdsTrials(path: string): Promise<boolean> {
  return (await readdir(trialsFolder(path)).catch(() => [])).length > 0;
}

/** Names the first wrong optimizer, family, simulator or option, before anything is simulated. */
function checkNames(host: PluginHost, config: ComparisonConfig): void {
  host.check("simulator", config.simulator.engine, config.simulator.options, "simulator.engine");
  for (const [name, { optimizer, options }] of Object.entries(config.optimizers)) {
    host.check("sizing-optimizer", optimizer, options, `optimizers.${name}.optimizer`);
  }
  for (const [name, { family, familyOptions }] of Object.entries(config.problems)) {
    host.check("circuit-family", family, familyOptions, `problems.${name}.family`);
  }
  const names = Object.keys(config.optimizers);
  if (config.baseline !== undefined && !names.includes(config.baseline)) {
    throw new TopogenieError(
      "BASELINE_UNKNOWN",
      `baseline: there is no "${config.baseline}" under optimizers.${didYouMean(config.baseline, names)}`,
    );
  }
}

async function openProblems(host: PluginHost, { config, folder }: LoadedConfig<ComparisonConfig>): Promise<Problem[]> {
  const deviceTypes = await host.deviceTypes();
  const problems: Problem[] = [];
  for (const [name, problem] of Object.entries(config.problems)) {
    const { family: familyName, familyOptions } = problem;
    const family = await host.create("circuit-family", familyName, familyOptions, `problems.${name}.family`);
    problems.push({ name, family, circuit: await findCircuit(name, problem, family, folder, deviceTypes), variables: 0 });
  }
  return problems;
}

/** All trials of a comparison, several at once: where one search thinks, another's simulations are run. */
class Trials {
  readonly #options: ComparisonOptions;
  readonly #config: ComparisonConfig;
  readonly #run: RunDirectory;
  readonly #host: PluginHost;
  readonly #problems: readonly Problem[];
  readonly #progress: JointProgress;

  constructor(options: ComparisonOptions, run: RunDirectory, host: PluginHost, problems: readonly Problem[]) {
    this.#options = options;
    this.#config = options.loaded.config;
    this.#run = run;
    this.#host = host;
    this.#problems = problems;
    const { optimizers, repeats } = this.#config;
    const each = Object.keys(optimizers).reduce((sum, optimizer) => sum + budgetOf(this.#config, optimizer), 0);
    const total = problems.length * repeats * each;
    this.#progress = new JointProgress({ total, unit: "simulations" }, options.onProgress);
  }

  async run(): Promise<Trial[]> {
    const { simulator: engine, optimizers, repeats } = this.#config;
    const simulator = await this.#host.create("simulator", engine.engine, engine.options, "simulator.engine");
    await mkdir(trialsFolder(this.#run.path), { recursive: true });
    const names = Object.keys(optimizers);
    const wanted = this.#problems.flatMap((problem) =>
      Array.from({ length: repeats }, (_, index) => names.map((optimizer) => ({ problem, optimizer, repeat: index + 1 }))).flat(),
    );
    const concurrency = { limit: sizingsAtOnce(simulator), signal: this.#options.signal };
    return mapConcurrently(wanted, concurrency, async ({ problem, optimizer, repeat }, signal) => {
      const progress = this.#progress.begin(budgetOf(this.#config, optimizer), `${problem.name}, ${optimizer}`);
      const { trial, variables } = await this.#trial(problem, optimizer, repeat, simulator, progress, signal);
      problem.variables = variables;
      progress.end();
      return trial;
    });
  }

  async #trial(
    problem: Problem,
    optimizer: string,
    repeat: number,
    simulator: Simulator,
    progress: ProgressPiece,
    signal: AbortSignal,
  ): Promise<StoredTrial> {
    const label = join(problem.name, optimizer, String(repeat));
    const file = join(trialsFolder(this.#run.path), `${label}.json`);
    const settings = this.#config.optimizers[optimizer] ?? { optimizer, options: {} };
    const made = await this.#host.create("sizing-optimizer", settings.optimizer, settings.options, `optimizers.${optimizer}`);
    const key = this.#key(problem, optimizer, repeat, await this.#contents(problem, optimizer));
    const stored = await readStored(file);
    if (stored?.key === key) return stored;
    const { batch, seed, firstGuess } = this.#config;
    const constraints = this.#config.problems[problem.name]?.specification;
    const result = await sizeCircuit({
      circuit: problem.circuit,
      family: problem.family,
      deviceTypes: await this.#host.deviceTypes(),
      simulator,
      optimizer: made,
      rng: createRng(seed).fork(label),
      budget: { simulations: budgetOf(this.#config, optimizer) },
      batch,
      firstGuess,
      ...(constraints === undefined ? {} : { specification: { description: "from the config", constraints } }),
      journalFile: join(trialsFolder(this.#run.path), `${label}-${key.slice(0, 12)}.jsonl`),
      signal,
      onProgress: ({ simulations }) => progress.report(simulations),
    });
    const ended = {
      key,
      variables: result.variables.length,
      trial: trialOf(problem.name, optimizer, repeat, result),
    };
    await writeJson(file, ended);
    this.#run.record("trial", { problem: problem.name, optimizer, repeat });
    return ended;
  }

  /** What the files hold that the options of a trial's plugins name. */
  #contents(problem: Problem, optimizer: string): Promise<Readonly<Record<string, string>>> {
    const { simulator, optimizers, problems } = this.#config;
    const { optimizer: name = "", options } = optimizers[optimizer] ?? {};
    const familyOptions = problems[problem.name]?.familyOptions;
    return this.#host.contentsOf([
      { kind: "simulator", name: simulator.engine, options: simulator.options, key: "simulator.engine" },
      { kind: "circuit-family", name: problem.family.name, options: familyOptions, key: `problems.${problem.name}.family` },
      { kind: "sizing-optimizer", name, options, key: `optimizers.${optimizer}.optimizer` },
    ]);
  }

  #key(problem: Problem, optimizer: string, repeat: number, contents: Readonly<Record<string, string>>): string {
    const { seed, batch, firstGuess, simulator, optimizers, problems } = this.#config;
    const { registry } = this.#host;
    const version = (kind: PluginKind, name: string): string => {
      const { plugin } = registry.find(kind, name, "optimizers");
      return `${plugin.name}@${plugin.version}`;
    };
    const settings = optimizers[optimizer];
    const about = {
      seed,
      simulations: budgetOf(this.#config, optimizer),
      batch,
      ...(firstGuess === "default" ? {} : { firstGuess }),
      simulator,
      optimizer: settings === undefined ? undefined : { optimizer: settings.optimizer, options: settings.options },
      ...(Object.keys(contents).length === 0 ? {} : { contents }),
      problem: problems[problem.name],
      circuit: [problem.circuit.devices, problem.circuit.ports],
      repeat,
      // Only of the plugins that have a part in it: a further optimizer is no reason to repeat what the others did.
      plugins: [
        version("simulator", simulator.engine),
        version("sizing-optimizer", settings?.optimizer ?? ""),
        version("circuit-family", problem.family.name),
        ...registry.names("device-type").map((name) => version("device-type", name)),
      ],
    };
    return createHash("sha256").update(JSON.stringify(about)).digest("hex");
  }
}

function budgetOf({ optimizers, simulations }: ComparisonConfig, optimizer: string): number {
  return optimizers[optimizer]?.simulations ?? simulations;
}

/** A file that is torn or of another version is done again. */
async function readStored(file: string): Promise<StoredTrial | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as StoredTrial;
  } catch {
    return undefined;
  }
}
