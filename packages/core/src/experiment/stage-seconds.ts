import { join } from "node:path";
import type { JournalEntry } from "../pipeline/run-directory.js";
import type { StageName } from "../pipeline/stage.js";
import { readJsonLines } from "../runtime/json-lines.js";

export interface StageSeconds {
  readonly clock: number;
  /** Of this process and its threads: hardly differs when other work keeps the machine busy. */
  readonly processor: number;
}

/** What a stage of a run took; undefined when it was stopped on the way, so that nobody knows. */
export async function stageSeconds(runPath: string, stage: StageName): Promise<StageSeconds | undefined> {
  let seconds: StageSeconds | undefined;
  let isWhole = true;
  for await (const entry of readJsonLines<JournalEntry>(join(runPath, "journal.jsonl"))) {
    if (entry.stage !== stage) continue;
    if (entry.event === "stage begun") isWhole = true;
    if (entry.event === "stage resumed") isWhole = false;
    if (entry.event === "stage reused") {
      seconds = await stageSeconds(String(entry.from), stage);
      isWhole = true;
    }
    if (entry.event === "stage done") seconds = { clock: Number(entry.seconds), processor: Number(entry.processorSeconds) };
  }
  return isWhole ? seconds : undefined;
}
