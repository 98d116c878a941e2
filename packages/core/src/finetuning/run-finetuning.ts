import { createHash } from "node:crypto";
import { join } from "node:path";
import { Circuit } from "../circuit/circuit.js";
import type { LoadedConfig } from "../config/load-config.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { ModelBackend } from "../contracts/model-backend.js";
import type { Simulator } from "../contracts/simulator.js";
import type { TokenizationScheme, Vocabulary } from "../contracts/tokenization-scheme.js";
import { tryFunctional, type FunctionalOutcome } from "../evaluation/functional-rungs.js";
import type { Checkpoint } from "../language-model/checkpoint.js";
import { loadBestCheckpoint } from "../language-model/checkpoint-series.js";
import { sampleSentences } from "../language-model/sampling-loop.js";
import { trainLanguageModel } from "../language-model/training-loop.js";
import { restoreVocabulary } from "../language-model/vocabulary.js";
import { readAttempt, type Attempt } from "../pipeline/attempt.js";
import { checkConditions } from "../pipeline/check-conditions.js";
import { checkConfig } from "../pipeline/check-config.js";
import { collectCorpus, CorpusCollection } from "../pipeline/corpus-collection.js";
import { readJsonIfThere } from "../pipeline/read-json.js";
import { RunDirectory } from "../pipeline/run-directory.js";
import { SentenceEncoder, type EncodableCircuit } from "../pipeline/sentence-encoder.js";
import { stageModels } from "../pipeline/stage-models.js";
import { checkStartingPoint, findStartingPoint, networkOf, type StartingPoint } from "../pipeline/starting-point.js";
import { PluginHost, type PluginSource } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import { eachConcurrently } from "../runtime/each-concurrently.js";
import { TopogenieError } from "../runtime/error.js";
import { JsonLinesLog, readJsonLines, writeJsonLines } from "../runtime/json-lines.js";
import type { Logger } from "../runtime/logger.js";
import type { ProgressUpdate } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import { climbedRungs, climbLadder, type AttemptVerdict } from "../verification/climb-ladder.js";
import { countLadder, hasPassed } from "../verification/ladder.js";
import type { FinetuningRound, FinetuningSummary } from "./finetuning-summary.js";
import { epochOf, type Lesson } from "./lessons.js";
import { rewardsOf, type JudgedAttempt } from "./reward.js";

export interface FinetuningOptions {
  /**
   * A run's config: `train.from` is the model to better, `train.steps` the steps of a round, `generate` says how and under which
   * conditions it writes, `sizing` what its circuits must do.
   */
  readonly loaded: LoadedConfig;
  readonly runPath: string;
  readonly resume: boolean;
  readonly rounds: number;
  /** Budget for each circuit that is valid and new. */
  readonly simulations: number;
  /** Share of corpus circuits among the sentences of an epoch. */
  readonly rehearsal: number;
  readonly builtIn: PluginSource;
  readonly versions: Readonly<Record<string, string>>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly onProgress: (round: number, update: ProgressUpdate) => void;
}

/**
 * Betters a model by simulation alone (expert iteration; Anthony, Tian and Barber, NeurIPS 2017): in each round it writes
 * circuits, the ladder judges them, and it is trained on those that are valid, new and functional, see {@link rewardsOf}. Every
 * round, and the result, writes the same number of attempts with the same seed, so that its ladders can be set side by side; what
 * was learnt from counts as known ever after. A fine-tuning that was stopped goes on where it was.
 * Throws `RUN_EXISTS` for a used folder without `resume`, `FINETUNING_CHANGED` when it was begun with another config, and
 * `FINETUNING_NO_LESSON` when no circuit does what the family is for.
 */
export async function runFinetuning(options: FinetuningOptions): Promise<FinetuningSummary> {
  const { loaded, runPath, logger, signal, builtIn } = options;
  const { config, folder, file } = loaded;
  const run = await RunDirectory.open(runPath);
  let host: PluginHost | undefined;
  try {
    host = await PluginHost.load({
      sources: [builtIn, { specifiers: config.plugins, folder, file }],
      seed: config.seed,
      workers: config.workers,
      workDirectory: join(runPath, "plugins"),
      logger,
      signal,
    });
    checkConfig(host, config);
    const { encode, train, sizing, simulator: engine } = config;
    const scheme = await host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
    checkConditions(scheme, config);
    const start = await findStartingPoint(config, folder);
    checkStartingPoint(start, config, scheme);
    if (start === undefined || train.steps === 0) {
      throw new TopogenieError(
        "CHECKPOINT_NEEDED",
        "Fine-tuning betters a trained model: set train.from, for example to @topogenie/pretrained, and train.steps to the steps of a round.",
      );
    }
    const plugins = Object.fromEntries(host.registry.plugins.map(({ name, version }) => [name, version]));
    await claim(options, start, plugins);
    run.record("start", { pid: process.pid });
    const deviceTypes = await host.deviceTypes();
    const simulator = await host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const tuning = new Finetuning(options, start, {
      host,
      scheme,
      simulator,
      deviceTypes,
      backend: await host.create("model-backend", train.backend, train.options, "train.backend"),
      family: await host.create("circuit-family", sizing.family, sizing.familyOptions, "sizing.family"),
      models: await stageModels({ config, configFolder: folder, signal }, deviceTypes, simulator),
      corpus: await corpusOf(options, host),
    });
    const summary = await tuning.run();
    await writeJson(join(runPath, "finetuning.json"), summary);
    run.record("end");
    return summary;
  } catch (cause) {
    run.record(signal.aborted ? "interrupted" : "failed", { reason: cause instanceof Error ? cause.message : String(cause) });
    throw cause;
  } finally {
    await host?.dispose();
    await run.close();
  }
}

/** Notes what the folder's work depends on, or checks that it is the same. */
async function claim(
  { loaded: { config }, runPath, resume, simulations, rehearsal, versions }: FinetuningOptions,
  { fingerprint }: StartingPoint,
  plugins: Readonly<Record<string, string>>,
): Promise<void> {
  const about = { ...config, workers: 0, runs: "", tag: "" };
  const key = createHash("sha256").update(JSON.stringify({ about, fingerprint, simulations, rehearsal, plugins })).digest("hex");
  const file = join(runPath, "resolved.json");
  const before = await readJsonIfThere<{ readonly key: string }>(file);
  if (before !== undefined && !resume) {
    throw new TopogenieError(
      "RUN_EXISTS",
      `${runPath} already holds a fine-tuning. Go on with it: --resume. Keep it and begin another: --tag NAME.`,
    );
  }
  if (before !== undefined && before.key !== key) {
    throw new TopogenieError(
      "FINETUNING_CHANGED",
      `${runPath} was begun with another config, checkpoint or plugin: set it back, or begin another with --tag NAME.`,
    );
  }
  await writeJson(file, { key, config, simulations, rehearsal, versions, plugins });
}

async function corpusOf(
  { loaded: { config, folder }, signal }: FinetuningOptions,
  host: PluginHost,
): Promise<EncodableCircuit[]> {
  const { families, imports } = config.corpus;
  const collection = new CorpusCollection(await host.deviceTypes(), config.corpus);
  await collectCorpus({ collection, host, families, imports, folder, signal, onProgress: () => undefined });
  return collection.entries.map(({ id, family, circuit }) => ({
    id,
    ...(family === undefined ? {} : { family }),
    circuit: new Circuit(circuit),
  }));
}

/** The attempts of a round that were written before; they are written in full or not at all. */
async function readIfThere(file: string): Promise<Attempt[] | undefined> {
  const attempts: Attempt[] = [];
  try {
    for await (const attempt of readJsonLines<Attempt>(file)) attempts.push(attempt);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
  return attempts;
}

interface Parts {
  readonly host: PluginHost;
  readonly scheme: TokenizationScheme;
  readonly simulator: Simulator;
  readonly deviceTypes: Awaited<ReturnType<PluginHost["deviceTypes"]>>;
  readonly backend: ModelBackend;
  readonly family: CircuitFamily;
  readonly models: Awaited<ReturnType<typeof stageModels>>;
  readonly corpus: readonly EncodableCircuit[];
}

interface StoredOutcome {
  readonly attempt: number;
  readonly outcome: FunctionalOutcome;
}

class Finetuning {
  readonly #options: FinetuningOptions;
  readonly #start: StartingPoint;
  readonly #parts: Parts;
  readonly #vocabulary: Vocabulary;
  readonly #encoder: SentenceEncoder;
  readonly #known: Set<string>;
  readonly #lessons: Lesson[] = [];

  constructor(options: FinetuningOptions, start: StartingPoint, parts: Parts) {
    this.#options = options;
    this.#start = start;
    this.#parts = parts;
    this.#vocabulary = restoreVocabulary({ tokens: start.checkpoint.vocabulary });
    this.#encoder = new SentenceEncoder(parts.scheme, this.#vocabulary, options.loaded.config);
    this.#known = new Set([...parts.corpus.map(({ id }) => id), ...(start.checkpoint.knownCircuits ?? [])]);
  }

  async run(): Promise<FinetuningSummary> {
    const { loaded, rounds: last, simulations, runPath } = this.#options;
    const { config } = loaded;
    const rounds: FinetuningRound[] = [];
    let checkpoint: Checkpoint = this.#start.checkpoint;
    let folder = this.#start.folder;
    for (let round = 0; round <= last; round++) {
      rounds.push(await this.#round(round, checkpoint));
      if (round === last) break;
      folder = join(runPath, `round-${round}`, "model");
      checkpoint = await this.#train(round, checkpoint, folder);
    }
    const { name, unit } = this.#parts.family.figureOfMerit;
    return {
      family: config.sizing.family,
      from: config.train.from ?? "",
      figureOfMerit: { name, unit },
      simulations,
      temperature: config.generate.temperature,
      seed: config.seed,
      rounds,
      checkpoint: folder,
    };
  }

  /** Writes, judges, and keeps what there is to learn from. */
  async #round(round: number, checkpoint: Checkpoint): Promise<FinetuningRound> {
    const { deviceTypes, simulator, models, scheme, family } = this.#parts;
    const { loaded, signal, onProgress } = this.#options;
    const { verify, encode } = loaded.config;
    const attempts = await this.#write(round, checkpoint);
    const verdicts = await climbLadder({
      attempts: attempts.map((attempt) => readAttempt(attempt, scheme)),
      deviceTypes,
      simulator,
      models,
      supplyVolts: verify.supplyVolts,
      timeoutMs: verify.timeoutMs,
      known: this.#known,
      journalFile: this.#file(round, "simulations.log"),
      signal,
      onProgress: (update) => onProgress(round, update),
    });
    const judged = await this.#judge(round, verdicts);
    await writeJsonLines(this.#file(round, "attempts-judged.jsonl"), judged);
    const rewards = rewardsOf(judged, family.figureOfMerit);
    for (const { attempt, id, circuit } of judged) {
      const reward = rewards.get(attempt);
      if (reward === undefined || id === undefined || circuit === undefined) continue;
      this.#known.add(id);
      const isLed = encode.conditions.includes("family");
      this.#lessons.push({ id, circuit: new Circuit(circuit), reward, ...(isLed ? { family: family.name } : {}) });
    }
    const figures = judged
      .filter((attempt) => hasPassed(attempt, "functional"))
      .flatMap(({ best }) => best?.figureOfMerit ?? [])
      .sort((a, b) => a - b);
    const median = figures[Math.floor(figures.length / 2)];
    return {
      round,
      ladder: countLadder(judged, [...climbedRungs, "functional", "on-spec"]),
      lessons: this.#lessons.length,
      ...(median === undefined ? {} : { medianFigureOfMerit: median }),
    };
  }

  async #write(round: number, checkpoint: Checkpoint): Promise<Attempt[]> {
    const file = this.#file(round, "attempts.jsonl");
    const written = await readIfThere(file);
    if (written !== undefined) return written;
    const { generate, seed } = this.#options.loaded.config;
    const maxTokens = generate.maxTokens ?? checkpoint.state.config.context - 1;
    const model = await this.#parts.backend.load(checkpoint.state);
    const attempts: Attempt[] = [];
    try {
      await sampleSentences({
        model,
        attempts: generate.attempts,
        rows: generate.rows,
        maxTokens,
        seed,
        temperature: generate.temperature,
        topK: generate.topK,
        topP: generate.topP,
        signal: this.#options.signal,
        grammar: generate.grammar
          ? () => this.#parts.scheme.grammar(this.#vocabulary, maxTokens, generate.conditions)
          : undefined,
        onSentence: ({ attempt, tokens, ended }) => {
          attempts.push({ attempt, tokens: tokens.map((id) => this.#vocabulary.tokens[id] ?? ""), ended });
          this.#options.onProgress(round, { done: attempts.length, total: generate.attempts, unit: "circuits written" });
        },
      });
    } finally {
      await model.dispose();
    }
    this.#options.signal.throwIfAborted();
    attempts.sort((a, b) => a.attempt - b.attempt);
    await writeJsonLines(file, attempts);
    return attempts;
  }

  /** Rungs 6 and 7 for what passed all before them. */
  async #judge(round: number, verdicts: readonly AttemptVerdict[]): Promise<(AttemptVerdict & JudgedAttempt)[]> {
    const { host, family, deviceTypes, simulator, models } = this.#parts;
    const { loaded, simulations, signal, onProgress } = this.#options;
    const { sizing, seed } = loaded.config;
    const optimizer = await host.create("sizing-optimizer", sizing.optimizer, sizing.options, "sizing.optimizer");
    const { log, entries } = await JsonLinesLog.open<StoredOutcome>(this.#file(round, "sizings.log"));
    const outcomes = new Map(entries.map(({ attempt, outcome }) => [attempt, outcome]));
    const candidates = verdicts.filter((verdict) => hasPassed(verdict, "novel"));
    const left = candidates.filter(({ attempt }) => !outcomes.has(attempt));
    await eachConcurrently(left, simulator.capabilities().workers, async ({ attempt, id, circuit }) => {
      signal.throwIfAborted();
      if (circuit === undefined || id === undefined) throw new Error("an attempt without a circuit passed the ladder");
      const outcome = await tryFunctional({
        circuit: new Circuit(circuit),
        family,
        deviceTypes,
        simulator,
        optimizer,
        models,
        rng: createRng(seed).fork("finetune").fork(id),
        budget: { simulations },
        batch: sizing.batch,
        firstGuess: sizing.firstGuess,
        signal,
      });
      outcomes.set(attempt, outcome);
      log.append({ attempt, outcome });
      onProgress(round, { done: outcomes.size, total: candidates.length, unit: "circuits sized" });
    });
    return verdicts.map((verdict) => {
      const { failed, best } = outcomes.get(verdict.attempt) ?? {};
      return { ...verdict, ...(failed === undefined ? {} : { failed }), ...(best === undefined ? {} : { best }) };
    });
  }

  async #train(round: number, from: Checkpoint, directory: string): Promise<Checkpoint> {
    const { loaded, rehearsal, signal, logger, onProgress } = this.#options;
    const { train, encode, seed } = loaded.config;
    if (this.#lessons.length === 0) {
      throw new TopogenieError(
        "FINETUNING_NO_LESSON",
        `None of the ${loaded.config.generate.attempts} circuits is valid, new and functional, so that there is nothing to learn from. ` +
          "Let it write more (generate.attempts), less daring ones (generate.temperature), or begin with a better model.",
      );
    }
    const rng = createRng(seed).fork(`lessons of round ${round}`);
    const lessons = { lessons: [...this.#lessons], corpus: this.#parts.corpus, rehearsal };
    const config = networkOf(train, this.#vocabulary.tokens.length, this.#start);
    await trainLanguageModel({
      backend: this.#parts.backend,
      config,
      from,
      vocabulary: this.#vocabulary.tokens,
      scheme: { name: encode.scheme, options: encode.options },
      knownCircuits: [...this.#known].sort(),
      documents: (epoch) => epochOf(lessons, this.#encoder, epoch, rng),
      validation: [],
      corpusHash: createHash("sha256")
        .update(JSON.stringify(lessons.lessons.map(({ id, reward }) => [id, reward])))
        .digest("hex"),
      seed,
      batch: { rows: train.rows, length: train.length ?? config.context },
      steps: train.steps,
      schedule: train.schedule,
      optimizer: train.optimizer,
      evaluateEvery: train.evaluateEvery,
      checkpointEvery: train.checkpointEvery,
      patience: 0,
      directory,
      resume: true,
      signal,
      logger,
      onProgress: ({ step, steps, loss }) =>
        onProgress(round, { done: step, total: steps, unit: "steps", note: `loss ${loss.toFixed(3)}` }),
    });
    signal.throwIfAborted();
    return loadBestCheckpoint(directory);
  }

  #file(round: number, name: string): string {
    return join(this.#options.runPath, `round-${round}`, name);
  }
}
