import { createHash } from "node:crypto";
import { join } from "node:path";
import { Circuit } from "../circuit/circuit.js";
import type { LoadedConfig } from "../config/load-config.js";
import { restoreVocabulary } from "../language-model/vocabulary.js";
import { checkConditions } from "../pipeline/check-conditions.js";
import { checkConfig } from "../pipeline/check-config.js";
import { collectCorpus, CorpusCollection } from "../pipeline/corpus-collection.js";
import { readJsonIfThere } from "../pipeline/read-json.js";
import { RunDirectory } from "../pipeline/run-directory.js";
import { SentenceEncoder, type EncodableCircuit } from "../pipeline/sentence-encoder.js";
import { stageModels } from "../pipeline/stage-models.js";
import { checkStartingPoint, findStartingPoint, type StartingPoint } from "../pipeline/starting-point.js";
import { PluginHost, type PluginSource } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import type { Logger } from "../runtime/logger.js";
import type { ProgressUpdate } from "../runtime/progress.js";
import { finetuneInRounds } from "./finetuning-rounds.js";
import type { FinetuningSummary } from "./finetuning-summary.js";
import { tasksOf } from "./finetuning-task.js";

export interface FinetuningOptions {
  /**
   * A run's config: `finetune` says how, `train.from` is the model to better, `train.steps` the steps of a round, `generate` says
   * how it writes, `sizing` by what its circuits are sized.
   */
  readonly loaded: LoadedConfig;
  readonly runPath: string;
  readonly resume: boolean;
  readonly builtIn: PluginSource;
  readonly versions: Readonly<Record<string, string>>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly onProgress: (round: number, update: ProgressUpdate) => void;
}

/**
 * Betters a model by simulation alone: in each round it writes circuits, the ladder judges them, and it is trained on what that is
 * worth (see `rewardsOf`), on the best of it or by a policy gradient. Every round, and the result, writes the same number of
 * attempts, so that its ladders can be set side by side; what was learnt from counts as known ever after. A fine-tuning that
 * was stopped goes on where it was.
 * Throws `RUN_EXISTS` for a used folder without `resume`, `FINETUNING_CHANGED` when it was begun with another config, and
 * `FINETUNING_NO_LESSON` when there is nothing to learn from.
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
    const { encode, train, simulator: engine } = config;
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
    const vocabulary = restoreVocabulary({ tokens: start.checkpoint.vocabulary });
    const summary = await finetuneInRounds(runPath, {
      config,
      host,
      start,
      tasks: await tasksOf(host, config),
      scheme,
      vocabulary,
      encoder: new SentenceEncoder(scheme, vocabulary, config),
      simulator,
      deviceTypes,
      backend: await host.create("model-backend", train.backend, train.options, "train.backend"),
      models: await stageModels({ config, configFolder: folder, signal }, deviceTypes, simulator),
      corpus: await corpusOf(options, host),
      logger,
      signal,
      onProgress: options.onProgress,
    });
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

/** Notes what the folder's work depends on, or checks that it is the same. More rounds than before may be asked for. */
async function claim(
  { loaded: { config }, runPath, resume, versions }: FinetuningOptions,
  { fingerprint }: StartingPoint,
  plugins: Readonly<Record<string, string>>,
): Promise<void> {
  const about = { ...config, workers: 0, runs: "", tag: "", finetune: { ...config.finetune, rounds: 0 } };
  const key = createHash("sha256").update(JSON.stringify({ about, fingerprint, plugins })).digest("hex");
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
  await writeJson(file, { key, config, versions, plugins });
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
