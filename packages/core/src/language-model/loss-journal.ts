import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { writeAtomic } from "../runtime/atomic-file.js";

const lineSchema = z.union([
  z.object({ step: z.int(), loss: z.number(), learningRate: z.number(), gradientNorm: z.number(), tokens: z.int() }),
  z.object({ step: z.int(), validationLoss: z.number() }),
]);

/** A step's training loss, or a validation loss after it. Losses in nats a token. */
export type LossRecord = z.output<typeof lineSchema>;

/** The loss curve as a file of JSON lines, appended to step by step. */
export class LossJournal {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** Keeps the records up to a step and forgets later ones, which a killed run wrote after its last checkpoint. */
  static async open(file: string, lastStep: number): Promise<LossJournal> {
    const records = await readLosses(file);
    const kept = records.filter((record) => record.step <= lastStep);
    await mkdir(dirname(file), { recursive: true });
    await writeAtomic(file, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return new LossJournal(file);
  }

  async append(record: LossRecord): Promise<void> {
    await appendFile(this.#file, `${JSON.stringify(record)}\n`);
  }
}

/** The loss curve of a training; empty when there is none. A last line that was cut off by a kill is left out. */
export async function readLosses(file: string): Promise<LossRecord[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => {
    const parsed = lineSchema.safeParse(parseLine(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
