import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { resolveModulePath } from "exsolve";
import { defaultNetwork, type ResolvedConfig } from "../config/config-schema.js";
import type { GptConfig } from "../contracts/model-backend.js";
import type { TokenizationScheme } from "../contracts/tokenization-scheme.js";
import { CHECKPOINT_FILE, type Checkpoint } from "../language-model/checkpoint.js";
import { bestCheckpointFolder, loadBestCheckpoint } from "../language-model/checkpoint-series.js";
import { resolveGptConfig } from "../language-model/gpt-parameters.js";
import { restoreVocabulary } from "../language-model/vocabulary.js";
import { TopogenieError } from "../runtime/error.js";

/** The model that `train.from` names, with which a run begins. */
export interface StartingPoint {
  readonly checkpoint: Checkpoint;
  readonly folder: string;
  /** Changes whenever the checkpoint does. */
  readonly fingerprint: string;
}

/** Where a run's training keeps its checkpoints. */
const RUN_MODEL = join("3-train", "model");

/**
 * Undefined when the config has no `train.from`.
 * Throws `CHECKPOINT_MISSING`, and `CHECKPOINT_DAMAGED` for one that cannot be read.
 */
export async function findStartingPoint(
  { train: { from } }: Pick<ResolvedConfig, "train">,
  configFolder: string,
): Promise<StartingPoint | undefined> {
  if (from === undefined) return undefined;
  const folder = await findFolder(from, configFolder);
  return { checkpoint: await loadBestCheckpoint(folder), folder, fingerprint: await fingerprintOf(folder) };
}

/** {@link StartingPoint.fingerprint} without the weights being read. */
export async function startingFingerprint(
  { train: { from } }: Pick<ResolvedConfig, "train">,
  configFolder: string,
): Promise<string | undefined> {
  return from === undefined ? undefined : fingerprintOf(await findFolder(from, configFolder));
}

/**
 * Whether the checkpoint can be what the config asks for, so that a mistake is told before any work.
 * Throws `CHECKPOINT_UNFIT`, naming what the config has and what the checkpoint has, and `CHECKPOINT_NEEDED` for no steps of
 * training without a checkpoint.
 */
export function checkStartingPoint(
  start: StartingPoint | undefined,
  { encode, train, generate }: Pick<ResolvedConfig, "encode" | "train" | "generate">,
  scheme: TokenizationScheme,
): void {
  if (start === undefined) {
    if (train.steps > 0 || generate.source === "composition") return;
    throw new TopogenieError(
      "CHECKPOINT_NEEDED",
      "train.steps is 0, which means to use a trained model as it is, but train.from names none. Set train.from, for example to @topogenie/pretrained, or train for some steps.",
    );
  }
  const { checkpoint } = start;
  if (checkpoint.scheme !== undefined && checkpoint.scheme.name !== encode.scheme) {
    throw unfit(
      start,
      `encode.scheme is "${encode.scheme}", but it writes sentences of the scheme "${checkpoint.scheme.name}"`,
      `Set encode.scheme: ${checkpoint.scheme.name}`,
    );
  }
  networkOf(train, checkpoint.vocabulary.length, start);
  try {
    scheme.grammar(restoreVocabulary({ tokens: checkpoint.vocabulary }), checkpoint.state.config.context - 1);
  } catch (cause) {
    if (!(cause instanceof TopogenieError)) throw cause;
    const options = checkpoint.scheme === undefined ? "unknown options" : JSON.stringify(checkpoint.scheme.options);
    throw unfit(
      start,
      `its vocabulary of ${checkpoint.vocabulary.length} tokens, made with ${options}, does not fit the scheme "${encode.scheme}" ` +
        `with the options ${JSON.stringify(encode.options)} and the device types of this run: ${cause.message}`,
      "Set encode.options as the checkpoint's, or add the plugins that it was trained with",
    );
  }
}

/**
 * The network of a run. What the config leaves out is as in the checkpoint, or else as in `defaultNetwork`.
 * Throws `CHECKPOINT_UNFIT` for a key that differs from the checkpoint's; dropout alone may.
 */
export function networkOf(
  { model }: Pick<ResolvedConfig["train"], "model">,
  vocabularySize: number,
  start: StartingPoint | undefined,
): GptConfig {
  if (start === undefined) return { ...defaultNetwork, ...model, vocabularySize };
  const given = resolveGptConfig(start.checkpoint.state.config);
  for (const key of Object.keys(model) as (keyof typeof model)[]) {
    if (key === "dropout" || model[key] === given[key]) continue;
    throw unfit(
      start,
      `train.model.${key} is ${String(model[key])}, but its network has ${String(given[key])}`,
      `Leave train.model.${key} out`,
    );
  }
  return { ...given, ...model };
}

async function findFolder(from: string, configFolder: string): Promise<string> {
  if (from.startsWith(".") || isAbsolute(from)) {
    const folder = resolve(configFolder, from);
    const inRun = join(folder, RUN_MODEL);
    return (await stat(inRun).catch(() => undefined)) === undefined ? folder : inRun;
  }
  const places = [pathToFileURL(`${configFolder}/`), import.meta.url];
  const file = resolveModulePath(`${from}/${CHECKPOINT_FILE}`, { from: places, try: true });
  if (file !== undefined) return dirname(file);
  throw new TopogenieError(
    "CHECKPOINT_MISSING",
    `train.from names the package "${from}", which is not installed or has no checkpoint (it must export ./${CHECKPOINT_FILE}). ` +
      `Install it: npm install ${from}. A folder is written ./${from}`,
  );
}

async function fingerprintOf(folder: string): Promise<string> {
  const text = await readFile(join(await bestCheckpointFolder(folder), CHECKPOINT_FILE)).catch(() => undefined);
  return text === undefined ? "missing" : createHash("sha256").update(text).digest("hex");
}

function unfit({ folder }: StartingPoint, why: string, mend: string): TopogenieError {
  return new TopogenieError(
    "CHECKPOINT_UNFIT",
    `The checkpoint that train.from names (${folder}) does not fit the config: ${why}. ${mend}, or leave train.from out to train from the start.`,
  );
}
