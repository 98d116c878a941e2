import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import type { Checkpoint } from "./checkpoint.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.js";

const pointerSchema = z.strictObject({ latest: z.string(), best: z.string() });
type Pointers = z.output<typeof pointerSchema>;

const POINTER_FILE = "checkpoints.json";
const STEP_DIGITS = 8;

/** The checkpoints of one training: the latest, from which it goes on, and the best by validation loss. */
export class CheckpointSeries {
  readonly #folder: string;
  #pointers: Pointers | undefined;

  private constructor(folder: string, pointers: Pointers | undefined) {
    this.#folder = folder;
    this.#pointers = pointers;
  }

  /** Throws `CHECKPOINT_DAMAGED` when the list of checkpoints cannot be read. */
  static async open(folder: string): Promise<CheckpointSeries> {
    return new CheckpointSeries(folder, await readPointers(folder));
  }

  /** Removes all checkpoints. */
  async clear(): Promise<void> {
    this.#pointers = undefined;
    await rm(join(this.#folder, POINTER_FILE), { force: true });
    await this.#prune();
  }

  /** Undefined before the first was saved. */
  get latest(): string | undefined {
    return this.#path("latest");
  }

  /** The latest where there is no validation. */
  get best(): string | undefined {
    return this.#path("best");
  }

  /** Saves the latest; older ones go once the pointer is written, except for the best. */
  async save(checkpoint: Checkpoint, best: boolean): Promise<void> {
    const name = `step-${String(checkpoint.state.step).padStart(STEP_DIGITS, "0")}`;
    await saveCheckpoint(join(this.#folder, name), checkpoint);
    this.#pointers = { latest: name, best: best ? name : (this.#pointers?.best ?? name) };
    await writeJson(join(this.#folder, POINTER_FILE), this.#pointers);
    await this.#prune();
  }

  async #prune(): Promise<void> {
    const kept = new Set(Object.values(this.#pointers ?? {}));
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (/^\.?step-\d+/.test(name) && !kept.has(name)) await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  #path(which: keyof Pointers): string | undefined {
    return this.#pointers === undefined ? undefined : join(this.#folder, this.#pointers[which]);
  }
}

/** The best checkpoint of a training's folder for sampling: averaged weights when it has them, and no optimizer state. */
export async function loadBestCheckpoint(folder: string): Promise<Checkpoint> {
  const { average, ...checkpoint } = await loadCheckpoint(await bestCheckpointFolder(folder), { optimizer: false });
  return average === undefined ? checkpoint : { ...checkpoint, state: { ...checkpoint.state, tensors: average } };
}

/** The best checkpoint of a training's folder; the folder itself when it holds no training. */
export async function bestCheckpointFolder(folder: string): Promise<string> {
  const { best } = await CheckpointSeries.open(folder);
  return best ?? folder;
}

async function readPointers(folder: string): Promise<Pointers | undefined> {
  const file = join(folder, POINTER_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return pointerSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new TopogenieError("CHECKPOINT_DAMAGED", `${file} is damaged. Delete the folder ${folder} and train again.`, {
      cause: error,
    });
  }
}
