import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import { JsonLinesLog } from "../runtime/json-lines.js";
import { RunLock } from "./run-lock.js";

/** What the run directory knows of a stage. */
export interface StageRecord {
  /** Of everything that the stage's result depends on. */
  readonly key: string;
  readonly state: "begun" | "done";
  /** Of what the stage wrote; only when done. */
  readonly outputHash?: string;
}

export interface JournalEntry {
  readonly time: string;
  readonly event: string;
  readonly stage?: string;
  readonly [detail: string]: unknown;
}

/** What a run's folder says of a stage, read without entering it. */
export async function stageRecordOf(path: string, stage: string): Promise<StageRecord | undefined> {
  const text = await readFile(join(path, stage, "stage.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as StageRecord;
  } catch {
    return undefined;
  }
}

/**
 * `runs/TAG`: `resolved.json` says what was asked, `journal.jsonl` what happened and when, each stage owns one folder.
 */
export class RunDirectory {
  readonly path: string;
  readonly #lock: RunLock;
  readonly #journal: JsonLinesLog<JournalEntry>;

  private constructor(path: string, lock: RunLock, journal: JsonLinesLog<JournalEntry>) {
    this.path = path;
    this.#lock = lock;
    this.#journal = journal;
  }

  /** Throws `RUN_LOCKED` when another process works there, `RUN_UNWRITABLE` when it cannot be made. */
  static async open(path: string): Promise<RunDirectory> {
    try {
      await mkdir(path, { recursive: true });
      const lock = await RunLock.take(join(path, "run.lock"));
      const { log } = await JsonLinesLog.open<JournalEntry>(join(path, "journal.jsonl"));
      return new RunDirectory(path, lock, log);
    } catch (cause) {
      if (cause instanceof TopogenieError) throw cause;
      throw new TopogenieError(
        "RUN_UNWRITABLE",
        `The run directory ${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}. Choose another with --set runs=FOLDER.`,
        { cause },
      );
    }
  }

  get resolvedFile(): string {
    return join(this.path, "resolved.json");
  }

  get reportFile(): string {
    return join(this.path, "report.html");
  }

  /** A file in a stage's own folder. */
  stageFile(stage: string, ...parts: string[]): string {
    return join(this.path, stage, ...parts);
  }

  /** Undefined when the stage was never begun, or its record cannot be read, so that it is done again. */
  async stageRecord(stage: string): Promise<StageRecord | undefined> {
    return stageRecordOf(this.path, stage);
  }

  async beginStage(stage: string, key: string): Promise<void> {
    await writeJson(this.stageFile(stage, "stage.json"), { key, state: "begun" } satisfies StageRecord);
  }

  async finishStage(stage: string, key: string, outputHash: string): Promise<void> {
    await writeJson(this.stageFile(stage, "stage.json"), { key, state: "done", outputHash } satisfies StageRecord);
  }

  async clearStage(stage: string): Promise<void> {
    await rm(join(this.path, stage), { recursive: true, force: true });
  }

  record(event: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.#journal.append({ time: new Date().toISOString(), event, ...details });
  }

  async close(): Promise<void> {
    await this.#lock.release();
  }
}
