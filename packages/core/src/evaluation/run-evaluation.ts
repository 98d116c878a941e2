import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Circuit } from "../circuit/circuit.js";
import { CircuitLabels } from "../circuit/import/circuit-labels.js";
import { completeDevices } from "../circuit/rules/complete-devices.js";
import type { ResolvedConfig } from "../config/config-schema.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import { checkConfig } from "../pipeline/check-config.js";
import { pluginUses } from "../pipeline/plugin-uses.js";
import type { RunDirectory } from "../pipeline/run-directory.js";
import { stageModels } from "../pipeline/stage-models.js";
import { workInRun, type WorkOptions } from "../pipeline/work-in-run.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import { JsonLinesLog, writeJsonLines } from "../runtime/json-lines.js";
import { mapConcurrently } from "../runtime/map-concurrently.js";
import type { ProgressListener } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import type { Simulator } from "../contracts/simulator.js";
import type { ModelCards } from "../spice/model-library/index.js";
import { climbedRungs, climbLadder, type AttemptVerdict } from "../verification/climb-ladder.js";
import { hasPassed, type RungName } from "../verification/ladder.js";
import { isRun, readAttemptSet, type AttemptSet } from "./attempt-set.js";
import type { EvaluatedAttempt } from "./evaluated-attempt.js";
import { summariseEvaluation, type EvaluationSummary } from "./evaluation-summary.js";
import { tryFunctional, type FunctionalOutcome } from "./functional-rungs.js";
import { corpusOfFile, corpusOfRun, type TrainingCorpus } from "./training-corpus.js";
import { sizingsAtOnce } from "../sizing/sizings-at-once.js";

export interface EvaluationOptions extends WorkOptions<ResolvedConfig> {
  /** A run's folder, a folder, archive or file of netlists, a `.jsonl` corpus file, or token files. */
  readonly set: string;
  /** The circuits that the generator was trained on, when the set is no run or others are meant. */
  readonly corpus?: string | undefined;
  /** What numbered circuits of the set and of the corpus are. */
  readonly labels?: string | undefined;
  /** Judges every circuit as one of this family. */
  readonly family?: string | undefined;
  /** Budget of rungs 6 and 7 for each circuit; 0 leaves them out. */
  readonly simulations: number;
  readonly onProgress: ProgressListener;
}

export interface EvaluationResult {
  readonly evaluation: EvaluationSummary;
  readonly attempts: readonly EvaluatedAttempt[];
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
}

/**
 * The whole ladder for any set of circuits. Every simulation of an operating point and every sizing is journaled, so that an
 * evaluation that was stopped goes on where it was; figures depend on the set, config and seed alone.
 * Throws `RUN_EXISTS` for a used folder without `resume`, and what {@link readAttemptSet} throws.
 */
export async function runEvaluation(options: EvaluationOptions): Promise<EvaluationResult> {
  const { loaded, runPath, signal } = options;
  const { config } = loaded;
  const title = { what: "an evaluation", isBegun: holdsSimulations, details: { set: options.set } };
  return workInRun(options, title, async ({ run, host, plugins }) => {
    checkConfig(host, config);
    if (options.family !== undefined) host.check("circuit-family", options.family, {}, "--family");
    const labels = options.labels === undefined ? undefined : await CircuitLabels.read(options.labels);
    const set = await readAttemptSet(options.set, { host, config, labels, signal });
    const corpus = await trainingCorpus(options, set, host);
    const { simulator, family, optimizer } = pluginUses(config);
    const contents = await host.contentsOf([simulator, family, optimizer]);
    const key = keyOf(options, set, corpus, plugins, contents);
    const result = await new Evaluator(options, run, host, set, corpus, key).run();
    await writeJsonLines(join(runPath, "attempts.jsonl"), result.attempts);
    await writeJson(join(runPath, "evaluation.json"), result.evaluation);
    await writeJson(join(runPath, "evaluated.json"), {
      config,
      configFile: loaded.file,
      set: options.set,
      versions: options.versions,
      plugins,
    });
    return result;
  });
}

async function holdsSimulations(path: string): Promise<boolean> {
  return (await readdir(path)).some((name) => name.startsWith("simulations-"));
}

async function trainingCorpus(
  { corpus, labels, set: path, signal }: EvaluationOptions,
  set: AttemptSet,
  host: PluginHost,
): Promise<TrainingCorpus | undefined> {
  if (corpus === undefined) return set.kind === "run" ? corpusOfRun(path, await host.deviceTypes()) : undefined;
  return (await isRun(corpus)) ? corpusOfRun(corpus, await host.deviceTypes()) : corpusOfFile(corpus, labels, host, signal);
}

/** Of everything that the journals' entries depend on. */
function keyOf(
  { loaded: { config }, simulations, family }: EvaluationOptions,
  set: AttemptSet,
  corpus: TrainingCorpus | undefined,
  plugins: Readonly<Record<string, string>>,
  contents: Readonly<Record<string, string>>,
): string {
  const { verify, simulator, models, sizing, seed } = config;
  const known = corpus === undefined ? [] : [...corpus.ids];
  const about = {
    attempts: set.attempts,
    verify,
    simulator,
    models,
    sizing,
    seed,
    simulations,
    family,
    known,
    plugins,
    contents,
  };
  return createHash("sha256").update(JSON.stringify(about)).digest("hex").slice(0, 12);
}

interface StoredOutcome {
  readonly attempt: number;
  readonly outcome: FunctionalOutcome;
}

class Evaluator {
  readonly #options: EvaluationOptions;
  readonly #config: ResolvedConfig;
  readonly #run: RunDirectory;
  readonly #host: PluginHost;
  readonly #set: AttemptSet;
  readonly #corpus: TrainingCorpus | undefined;
  readonly #key: string;

  constructor(
    options: EvaluationOptions,
    run: RunDirectory,
    host: PluginHost,
    set: AttemptSet,
    corpus: TrainingCorpus | undefined,
    key: string,
  ) {
    this.#options = options;
    this.#config = options.loaded.config;
    this.#run = run;
    this.#host = host;
    this.#set = set;
    this.#corpus = corpus;
    this.#key = key;
  }

  async run(): Promise<EvaluationResult> {
    const { signal, onProgress, simulations, loaded } = this.#options;
    const { simulator: engine, verify, seed, sizing } = this.#config;
    const deviceTypes = await this.#host.deviceTypes();
    const simulator = await this.#host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const models = await stageModels({ config: this.#config, configFolder: loaded.folder, signal }, deviceTypes, simulator);
    const climbed = await climbLadder({
      attempts: this.#set.attempts,
      deviceTypes,
      simulator,
      models,
      supplyVolts: verify.supplyVolts,
      timeoutMs: verify.timeoutMs,
      known: this.#corpus?.ids,
      journalFile: join(this.#run.path, `simulations-${this.#key}.log`),
      signal,
      onProgress,
    });
    const placed = await this.#place(climbed, deviceTypes);
    const rungs: RungName[] = climbedRungs.filter((rung) => rung !== "novel" || this.#corpus !== undefined);
    let attempts = placed;
    if (simulations > 0) {
      attempts = await this.#tryFunctional(placed, simulator, models, deviceTypes);
      rungs.push("functional", "on-spec");
    }
    const terms = {
      set: this.#options.set,
      kind: this.#set.kind,
      seed,
      simulations,
      optimizer: sizing.optimizer,
      supplyVolts: verify.supplyVolts,
    };
    return { evaluation: summariseEvaluation(terms, attempts, this.#corpus, rungs, deviceTypes), attempts, deviceTypes };
  }

  /** Says what each circuit is taken for, and which training circuit is nearest to it. */
  async #place(verdicts: readonly AttemptVerdict[], deviceTypes: ReadonlyMap<string, DeviceType>): Promise<EvaluatedAttempt[]> {
    const { signal, onProgress, family } = this.#options;
    const found = new Map(this.#set.attempts.map((attempt) => [attempt.attempt, attempt]));
    const placed: EvaluatedAttempt[] = [];
    for (const verdict of verdicts) {
      const known = found.get(verdict.attempt);
      const circuit = known?.circuit;
      const isComplete = circuit !== undefined && completeDevices.check(circuit, deviceTypes).length === 0;
      const nearest = isComplete ? this.#corpus?.index.nearest(circuit, 1)[0] : undefined;
      const classified = isComplete ? this.#corpus?.classifier?.classify(circuit)?.label : undefined;
      const judgedAs = family ?? known?.asked ?? known?.label ?? classified;
      placed.push({
        ...verdict,
        name: known?.name ?? "",
        ...(known?.asked === undefined ? {} : { asked: known.asked }),
        ...(judgedAs === undefined ? {} : { family: judgedAs }),
        ...(classified === undefined ? {} : { classified }),
        ...(nearest === undefined ? {} : { nearest: { circuit: nearest.key, distance: nearest.distance } }),
      });
      if (placed.length % 32 === 0) {
        await new Promise(setImmediate);
        signal.throwIfAborted();
        onProgress({ done: placed.length, total: verdicts.length, unit: "circuits compared" });
      }
    }
    return placed;
  }

  /** Rungs 6 and 7 for what passed all before them. */
  async #tryFunctional(
    placed: readonly EvaluatedAttempt[],
    simulator: Simulator,
    models: ModelCards,
    deviceTypes: ReadonlyMap<string, DeviceType>,
  ): Promise<EvaluatedAttempt[]> {
    const { signal, onProgress, simulations } = this.#options;
    const { sizing, seed } = this.#config;
    const optimizer = await this.#host.create("sizing-optimizer", sizing.optimizer, sizing.options, "sizing.optimizer");
    const folder = join(this.#run.path, `sizings-${this.#key}`);
    const { log, entries } = await JsonLinesLog.open<StoredOutcome>(`${folder}.log`);
    const outcomes = new Map(entries.map(({ attempt, outcome }) => [attempt, outcome]));
    const candidates = placed.filter((attempt) => hasPassed(attempt, "novel"));
    const left = candidates.filter(({ attempt }) => !outcomes.has(attempt));
    await mapConcurrently(left, { limit: sizingsAtOnce(simulator), signal }, async ({ attempt, id, circuit, family: name }) => {
      if (circuit === undefined) throw new Error("an attempt without a circuit passed the ladder");
      const family = await this.#family(name);
      const outcome: FunctionalOutcome =
        typeof family === "string"
          ? { failed: { rung: "functional", reason: family, message: `it cannot be told what circuit ${attempt} is to do` } }
          : await tryFunctional({
              circuit: new Circuit(circuit),
              family,
              deviceTypes,
              simulator,
              optimizer,
              models,
              rng: createRng(seed)
                .fork("evaluate")
                .fork(id ?? attempt),
              budget: { simulations },
              batch: sizing.batch,
              firstGuess: sizing.firstGuess,
              ...this.#specification(family),
              journalFile: join(folder, `${attempt}.jsonl`),
              signal,
            });
      outcomes.set(attempt, outcome);
      log.append({ attempt, outcome });
      onProgress({ done: outcomes.size, total: candidates.length, unit: "circuits sized" });
    });
    return placed.map((attempt) => {
      const outcome = outcomes.get(attempt.attempt);
      if (outcome === undefined) return attempt;
      const { failed, best } = outcome;
      return { ...attempt, ...(failed === undefined ? {} : { failed }), ...(best === undefined ? {} : { best }) };
    });
  }

  /** A family, or why there is none. */
  async #family(name: string | undefined): Promise<CircuitFamily | string> {
    if (name === undefined) return "of no known family";
    if (!this.#host.registry.names("circuit-family").includes(name)) return `no testbench for ${name}`;
    const { sizing } = this.#config;
    return this.#host.create("circuit-family", name, name === sizing.family ? sizing.familyOptions : {}, "--family");
  }

  /** The config's specification is that of its own family alone. */
  #specification(family: CircuitFamily): { specification?: CircuitFamily["specification"] } {
    const { sizing } = this.#config;
    if (sizing.specification === undefined || family.name !== sizing.family) return {};
    const constraints = sizing.specification.map(({ measurement, atLeast, atMost }) => ({
      measurement,
      ...(atLeast === undefined ? {} : { atLeast }),
      ...(atMost === undefined ? {} : { atMost }),
    }));
    return { specification: { description: "from the config", constraints } };
  }
}
