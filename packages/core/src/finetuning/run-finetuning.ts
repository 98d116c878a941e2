import { createHash } from "node:crypto";
import { join } from "node:path";
import { Circuit } from "../circuit/circuit.js";
import type { ResolvedConfig } from "../config/config-schema.js";
import { restoreVocabulary } from "../language-model/vocabulary.js";
import { checkConditions } from "../pipeline/check-conditions.js";
import { checkConfig } from "../pipeline/check-config.js";
import { pluginUses } from "../pipeline/plugin-uses.js";
import { collectCorpus, CorpusCollection } from "../pipeline/corpus-collection.js";
import { readJsonIfThere } from "../pipeline/read-json.js";
import { SentenceEncoder, type EncodableCircuit } from "../pipeline/sentence-encoder.js";
import { stageModels } from "../pipeline/stage-models.js";
import { checkStartingPoint, findStartingPoint, type StartingPoint } from "../pipeline/starting-point.js";
import { workInRun, type WorkOptions } from "../pipeline/work-in-run.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import type { ProgressUpdate } from "../runtime/progress.js";
import { finetuneInRounds } from "./finetuning-rounds.js";
import type { FinetuningSummary } from "./finetuning-summary.js";
import { tasksOf } from "./finetuning-task.js";

/**
 * Of a run's config `finetune` says how, `train.from` is the model to better, `train.steps` the steps of a round, `generate` says
 * how it writes, `sizing` by what its circuits are sized.
 */
export interface FinetuningOptions extends WorkOptions<ResolvedConfig> {
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
  const { loaded, runPath, logger, signal } = options;
  const { config, folder } = loaded;
  const isBegun = async (path: string): Promise<boolean> => (await readJsonIfThere(join(path, "resolved.json"))) !== undefined;
  return workInRun(options, { what: "a fine-tuning", isBegun }, async ({ host, plugins }) => {
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
    await claim(options, start, plugins, await host.contentsOf(Object.values(pluginUses(config))));
    const deviceTypes = await host.deviceTypes();
    const simulator = await host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const vocabulary = restoreVocabulary({ tokens: start.checkpoint.vocabulary });
    const summary = await finetuneInRounds(runPath, {
      config,
      host,
      start,
      tasks: await tasksOf(host, scheme, config),
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
    return summary;
  });
}

/** Notes what the folder's work depends on, or checks that it is the same. More rounds than before may be asked for. */
async function claim(
  { loaded: { config }, runPath, versions }: FinetuningOptions,
  { fingerprint }: StartingPoint,
  plugins: Readonly<Record<string, string>>,
  contents: Readonly<Record<string, string>>,
): Promise<void> {
  const about = { ...config, workers: 0, runs: "", tag: "", finetune: { ...config.finetune, rounds: 0 } };
  const key = createHash("sha256").update(JSON.stringify({ about, fingerprint, plugins, contents })).digest("hex");
  const file = join(runPath, "resolved.json");
  const before = await readJsonIfThere<{ readonly key: string }>(file);
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
  await collectCorpus({ collection, host, families, imports, seed: config.seed, folder, signal, onProgress: () => undefined });
  return collection.entries.map(({ id, family, circuit }) => ({
    id,
    ...(family === undefined ? {} : { family }),
    circuit: new Circuit(circuit),
  }));
}
