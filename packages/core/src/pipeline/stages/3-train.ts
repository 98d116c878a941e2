import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { gptParameters } from "../../language-model/gpt-parameters.js";
import { readLosses, type LossRecord } from "../../language-model/loss-journal.js";
import { trainLanguageModel, type TrainingProgress } from "../../language-model/training-loop.js";
import { restoreVocabulary, type VocabularyJson } from "../../language-model/vocabulary.js";
import { writeJson } from "../../runtime/atomic-file.js";
import { EpochWalks } from "../epoch-walks/epoch-walks.js";
import { readJson } from "../read-json.js";
import type { TrainingSummary } from "../report-data.js";
import type { Split } from "../split.js";
import type { Stage, StageContext, StageOutcome } from "../stage.js";
import { findStartingPoint, networkOf, startingFingerprint, type StartingPoint } from "../starting-point.js";
import { TokenFile } from "../token-file.js";

/** Trains the language model on the sentences, and keeps its checkpoints in `model/`. */
export const trainStage: Stage = {
  name: "train",
  title: "Train the language model",
  reads: ["encode"],
  uses: ["scheme", "backend"],
  dependsOn: async ({ train, generate: { source } }, folder) =>
    source === "composition" ? { source } : { train, from: await startingFingerprint({ train }, folder) },

  async run(context) {
    const { train, encode, generate, seed } = context.config;
    if (generate.source === "composition") return trainNothing(context);
    const backend = await context.host.create("model-backend", train.backend, train.options, "train.backend");
    const vocabulary = restoreVocabulary(await readJson<VocabularyJson>(context.input("encode", "vocabulary.json")));
    const start = await findStartingPoint(context.config, context.configFolder);
    const config = networkOf(train, vocabulary.tokens.length, start);
    const training = await TokenFile.open(context.input("encode", "training"));
    const validation = await TokenFile.open(context.input("encode", "validation"));
    const fresh = train.walks === "fresh" && train.steps > 0 ? await startWalks(context) : undefined;
    const limit = timeLimit(train);
    try {
      const result = await trainLanguageModel({
        backend,
        config,
        from: start?.checkpoint,
        vocabulary: vocabulary.tokens,
        scheme: { name: encode.scheme, options: encode.options },
        documents: await epochsOf(context, training, fresh),
        validation: await validation.readAll(0, validation.count),
        corpusHash: await corpusHash(context),
        knownCircuits: await knownCircuits(context, start),
        seed,
        batch: { rows: train.rows, length: train.length ?? config.context },
        steps: train.steps,
        schedule: train.schedule,
        optimizer: train.optimizer,
        averaging: train.ema,
        evaluateEvery: train.evaluateEvery,
        checkpointEvery: train.checkpointEvery,
        patience: train.patience,
        directory: context.file("model"),
        resume: true,
        signal: AbortSignal.any([context.signal, ...limit.signals]),
        logger: context.logger,
        onProgress: (progress) => {
          report(context, progress);
        },
      });
      context.signal.throwIfAborted();
      const summary: TrainingSummary = {
        backend: train.backend,
        ...(start === undefined || train.from === undefined ? {} : { from: startOf(train.from, start) }),
        parameters: gptParameters(config).reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0),
        steps: result.steps,
        tokens: result.tokens,
        curve: curveOf(await readLosses(result.losses)),
      };
      await writeJson(context.file("summary.json"), summary);
      const loss = result.bestValidationLoss ?? result.loss;
      return {
        outputs: ["model/losses.jsonl", "summary.json"],
        summary:
          start !== undefined && train.steps === 0
            ? `${train.from} as it is: ${summary.parameters} parameters`
            : `${result.steps} steps, ${result.tokens} tokens, ${result.tokensPerSecond.toFixed(0)} tokens/s, loss ${loss?.toFixed(3) ?? "unknown"}`,
      };
    } finally {
      limit.clear();
      await fresh?.dispose();
      await training.close();
      await validation.close();
    }
  },
};

/** Random composition has no model. */
async function trainNothing({ file }: StageContext): Promise<StageOutcome> {
  const summary: TrainingSummary = { backend: "none: random composition", parameters: 0, steps: 0, tokens: 0, curve: [] };
  await writeJson(file("summary.json"), summary);
  return { outputs: ["summary.json"], summary: "nothing to train: random composition" };
}

/** How often the processor time is looked at. */
const LOOK_MS = 200;

/** Signals of the times after which training stops, by the clock and by the processor; `clear` ends the looking. */
function timeLimit({ minutes, processorMinutes }: StageContext["config"]["train"]): {
  readonly signals: readonly AbortSignal[];
  clear(): void;
} {
  const signals = minutes === undefined ? [] : [AbortSignal.timeout(minutes * 60_000)];
  if (processorMinutes === undefined) return { signals, clear: () => undefined };
  const spent = new AbortController();
  const begun = process.cpuUsage();
  const looking = setInterval(() => {
    const { user, system } = process.cpuUsage(begun);
    if (user + system >= processorMinutes * 60e6) spent.abort();
  }, LOOK_MS);
  return { signals: [...signals, spent.signal], clear: () => clearInterval(looking) };
}

function startWalks({ config, host, run, input }: StageContext): Promise<EpochWalks> {
  return EpochWalks.start({
    plugins: host.sources,
    config: { encode: config.encode, seed: config.seed },
    workDirectory: run.stageFile("plugins", "walks"),
    circuits: input("corpus", "circuits.jsonl"),
    split: input("encode", "split.json"),
    vocabulary: input("encode", "vocabulary.json"),
  });
}

/** Those of this run's corpus and those of the checkpoint's, in alphabetical order. */
async function knownCircuits({ input }: StageContext, start: StartingPoint | undefined): Promise<string[]> {
  const { training, validation } = await readJson<Split>(input("encode", "split.json"));
  return [...new Set([...training, ...validation, ...(start?.checkpoint.knownCircuits ?? [])])].sort();
}

/** What a report says of the checkpoint that a training began from. */
function startOf(name: string, { checkpoint, fingerprint }: StartingPoint): NonNullable<TrainingSummary["from"]> {
  const { tokens } = checkpoint.metrics;
  return { name, fingerprint, steps: checkpoint.state.step, ...(tokens === undefined ? {} : { tokens }) };
}

/**
 * An epoch is every training circuit once, each by another walk than in the epochs before. The first ones are those that the
 * encode stage wrote; after them new ones are drawn, or those come again.
 */
async function epochsOf(
  context: StageContext,
  written: TokenFile,
  fresh: EpochWalks | undefined,
): Promise<(epoch: number) => Promise<Int32Array[]>> {
  const { training } = await readJson<Split>(context.input("encode", "split.json"));
  const walks = written.count / training.length;
  return (epoch) =>
    fresh === undefined || epoch < walks
      ? written.readAll((epoch % walks) * training.length, training.length)
      : fresh.draw(epoch);
}

/** Of all that decides the sentences of every epoch: the circuits, their first walks, the words, and how walks are drawn. */
async function corpusHash({ config, input }: StageContext): Promise<string> {
  const { encode, train, seed } = config;
  const hash = createHash("sha256").update(JSON.stringify({ encode, walks: train.walks, seed }));
  for (const name of ["split.json", "vocabulary.json", "training"])
    for await (const chunk of createReadStream(input("encode", name))) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

function report({ onProgress }: StageContext, progress: TrainingProgress): void {
  const validation = progress.validationLoss === undefined ? "" : `, validation ${progress.validationLoss.toFixed(3)}`;
  onProgress({
    done: progress.step,
    total: progress.steps,
    unit: "steps",
    note: `loss ${progress.loss.toFixed(3)}${validation}, ${progress.tokensPerSecond.toFixed(0)} tokens/s`,
  });
}

/** One point a step; a validation belongs to the step after which it was made. */
function curveOf(records: readonly LossRecord[]): TrainingSummary["curve"] {
  const validations = new Map(
    records.flatMap((record) => ("validationLoss" in record ? [[record.step, record.validationLoss] as const] : [])),
  );
  return records.flatMap((record) => {
    if (!("loss" in record)) return [];
    const validationLoss = validations.get(record.step);
    return [{ step: record.step, trainingLoss: record.loss, ...(validationLoss === undefined ? {} : { validationLoss }) }];
  });
}
