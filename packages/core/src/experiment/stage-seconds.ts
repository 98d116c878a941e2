import { join } from "node:path";
import type { JournalEntry } from "../pipeline/run-directory.js";
import type { StageName } from "../pipeline/stage.js";
import { readJsonLines } from "../runtime/json-lines.js";

/** Seconds that a stage of a run took; undefined when it was stopped on the way, so that nobody knows. */
export async function stageSeconds(runPath: string, stage: StageName): Promise<number | undefined> {
  let seconds: number | undefined;
  let isWhole = true;
  for await (const entry of readJsonLines<JournalEntry>(join(runPath, "journal.jsonl"))) {
    if (entry.stage !== stage) continue;
    if (entry.event === "stage begun") isWhole = true;
    if (entry.event === "stage resumed") isWhole = false;
    if (entry.event === "stage reused") {
      seconds = await stageSeconds(String(entry.from), stage);
      isWhole = true;
    }
    if (entry.event === "stage done") seconds = Number(entry.seconds);
  }
  return isWhole ? seconds : undefined;
}
