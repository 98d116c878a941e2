import type { Checkpoint } from "../language-model/checkpoint.js";
import type { Attempt } from "../pipeline/attempt.js";
import { sampleAttempts } from "../pipeline/sample-attempts.js";
import { readJsonLines, writeJsonLines } from "../runtime/json-lines.js";
import type { FinetuningParts } from "./finetuning-parts.js";

/**
 * What the model of a checkpoint writes in a round, task by task; taken from `file` when it was written before. Every round draws
 * other random numbers: a model that was taught little would otherwise write its own lessons again.
 */
export async function writtenAttempts(
  { config, tasks, backend, scheme, vocabulary, signal, onProgress }: FinetuningParts,
  checkpoint: Checkpoint,
  round: number,
  file: string,
): Promise<readonly Attempt[]> {
  const before = await readIfThere(file);
  if (before !== undefined) return before;
  const total = tasks.reduce((sum, task) => sum + task.attempts, 0);
  const written: Attempt[] = [];
  const model = await backend.load(checkpoint.state);
  try {
    for (const { conditions, attempts, first } of tasks) {
      await sampleAttempts({
        config,
        checkpoint,
        model,
        scheme,
        vocabulary,
        conditions,
        first: round * total + first,
        count: attempts,
        signal,
        onAttempt: (attempt) => {
          written.push({ ...attempt, attempt: attempt.attempt - round * total });
          onProgress(round, { done: written.length, total, unit: "circuits written" });
        },
      });
    }
  } finally {
    await model.dispose();
  }
  written.sort((a, b) => a.attempt - b.attempt);
  await writeJsonLines(file, written);
  return written;
}

/** The attempts of a round that were written before; they are written in full or not at all. */
async function readIfThere(file: string): Promise<Attempt[] | undefined> {
  const attempts: Attempt[] = [];
  try {
    for await (const attempt of readJsonLines<Attempt>(file)) attempts.push(attempt);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
  return attempts;
}
