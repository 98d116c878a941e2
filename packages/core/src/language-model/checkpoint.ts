import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { GptConfig, HostTensor, ModelState } from "../contracts/model-backend.js";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import { gptConfigSchema, gptParameters } from "./gpt-parameters.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";

/** A tokenization scheme as a config names it. */
export interface SchemeChoice {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A model at rest, with what is needed to use it and to train it further. */
export interface Checkpoint {
  readonly state: ModelState;
  /** The moving average of the weights, by the same names, when the training keeps one. */
  readonly average?: ReadonlyMap<string, HostTensor>;
  /** Every token in the order of ids, the special ones included. */
  readonly vocabulary: readonly string[];
  /**
   * The word with which all its sentences begin, where the start token stands for it: the model is given the start in its place.
   * A model from elsewhere may have no start of its own; once it is trained further, the start is a token like any other.
   */
  readonly startsWith?: string | undefined;
  /** How its sentences are written; unknown of models from elsewhere. */
  readonly scheme?: SchemeChoice | undefined;
  /** Hash of what it was trained on. */
  readonly corpusHash: string;
  /** Canonical hashes of the circuits of its corpus, those for validation included: a circuit among them is not novel. */
  readonly knownCircuits?: readonly string[] | undefined;
  readonly metrics: Readonly<Record<string, number>>;
  /** Of the training loop: where it stood and by which recipe. */
  readonly training?: unknown;
}

/** The optimizer's moments are kept apart from the weights: sampling does not need them. */
const MOMENT_PREFIX = "adam.";
const WEIGHTS_FILE = "weights.safetensors";
const OPTIMIZER_FILE = "optimizer.safetensors";
const AVERAGE_FILE = "average.safetensors";
/** Of a checkpoint's folder: everything but the tensors. */
export const CHECKPOINT_FILE = "checkpoint.json";

const descriptionSchema = z.object({
  format: z.literal(1),
  step: z.int().min(0),
  config: gptConfigSchema,
  vocabulary: z.array(z.string()),
  startsWith: z.string().optional(),
  scheme: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }).optional(),
  corpusHash: z.string(),
  knownCircuits: z.array(z.string()).optional(),
  metrics: z.record(z.string(), z.number()),
  training: z.unknown().optional(),
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
});

/**
 * Writes a checkpoint as a folder: weights, optimizer state and averaged weights as safetensors, the rest as JSON. It is written beside
 * and renamed, so that it is there in full or not at all; one of the same name is replaced.
 */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { state } = checkpoint;
  const weights = new Map<string, HostTensor>();
  const moments = new Map<string, HostTensor>();
  for (const [name, tensor] of state.tensors) (name.startsWith(MOMENT_PREFIX) ? moments : weights).set(name, tensor);
  const files: Record<string, { bytes: number; sha256: string }> = {};
  const beside = join(dirname(folder), `.${basename(folder)}.${randomBytes(4).toString("hex")}.part`);
  await mkdir(beside, { recursive: true });
  try {
    for (const [name, tensors] of [
      [WEIGHTS_FILE, weights],
      [OPTIMIZER_FILE, moments],
      [AVERAGE_FILE, checkpoint.average ?? new Map<string, HostTensor>()],
    ] as const) {
      if (tensors.size === 0) continue;
      const bytes = encodeSafetensors(tensors, { format: "topogenie" });
      files[name] = { bytes: bytes.length, sha256: sha256(bytes) };
      await writeDurably(join(beside, name), bytes);
    }
    const { vocabulary, startsWith, scheme, corpusHash, knownCircuits, metrics, training } = checkpoint;
    await writeJson(join(beside, CHECKPOINT_FILE), {
      format: 1,
      step: state.step,
      config: state.config,
      vocabulary,
      startsWith,
      scheme,
      corpusHash,
      metrics,
      training,
      knownCircuits,
      files,
    });
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Reads a checkpoint. Throws `CHECKPOINT_MISSING` or `CHECKPOINT_DAMAGED`, naming the file and what to do.
 * @param options.optimizer false leaves the optimizer's state unread; default true
 */
export async function loadCheckpoint(folder: string, options: { readonly optimizer?: boolean } = {}): Promise<Checkpoint> {
  const file = join(folder, CHECKPOINT_FILE);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new TopogenieError(
      "CHECKPOINT_MISSING",
      `There is no checkpoint at ${folder}: ${file} cannot be read. Train a model first, or name another folder.`,
      {
        cause: error,
      },
    );
  });
  const description = descriptionSchema.safeParse(parseJson(file, text));
  if (!description.success) throw damaged(file, z.prettifyError(description.error));
  const { step, config, vocabulary, startsWith, scheme, corpusHash, knownCircuits, metrics, training, files } = description.data;
  if (vocabulary.length !== config.vocabularySize) {
    throw damaged(file, `it has ${vocabulary.length} tokens, and its model ${config.vocabularySize}`);
  }
  const tensors = new Map<string, HostTensor>();
  let average: Map<string, HostTensor> | undefined;
  for (const [name, expected] of Object.entries(files)) {
    if (name === OPTIMIZER_FILE && options.optimizer === false) continue;
    const read = await readTensors(join(folder, name), expected);
    if (name === AVERAGE_FILE) average = read;
    else for (const [key, tensor] of read) tensors.set(key, tensor);
  }
  requireWeights(tensors, config, join(folder, WEIGHTS_FILE));
  if (average !== undefined) requireWeights(average, config, join(folder, AVERAGE_FILE));
  return {
    state: { config, step, tensors },
    vocabulary,
    corpusHash,
    metrics,
    ...(startsWith === undefined ? {} : { startsWith }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(knownCircuits === undefined ? {} : { knownCircuits }),
    ...(average === undefined ? {} : { average }),
    ...(training === undefined ? {} : { training }),
  };
}

function requireWeights(tensors: ReadonlyMap<string, HostTensor>, config: GptConfig, file: string): void {
  for (const { name, shape } of gptParameters(config)) {
    const found = tensors.get(name)?.shape.join(" x ");
    if (found === shape.join(" x ")) continue;
    throw damaged(file, `tensor "${name}" is ${found ?? "missing"} where the model has ${shape.join(" x ")}`);
  }
}

async function readTensors(file: string, expected: { bytes: number; sha256: string }): Promise<Map<string, HostTensor>> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw damaged(file, "it cannot be read", error);
  });
  if (bytes.length !== expected.bytes) throw damaged(file, `it has ${bytes.length} bytes of ${expected.bytes}`);
  if (sha256(bytes) !== expected.sha256) throw damaged(file, "its content is not what was written (SHA-256 differs)");
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    throw damaged(file, (error as Error).message, error);
  }
}

/** Syncs to disk before the rename makes it count. */
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(file, "it is no JSON", error);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function damaged(file: string, reason: string, cause?: unknown): TopogenieError {
  return new TopogenieError(
    "CHECKPOINT_DAMAGED",
    `${file} is damaged: ${reason}. Delete the folder ${dirname(file)} and train again, or use another checkpoint.`,
    { cause },
  );
}
