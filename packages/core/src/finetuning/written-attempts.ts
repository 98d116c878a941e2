import type { Checkpoint } from "../language-model/checkpoint.js";
import { sampleSentences } from "../language-model/sampling-loop.js";
import type { Attempt } from "../pipeline/attempt.js";
import { readJsonLines, writeJsonLines } from "../runtime/json-lines.js";
import type { FinetuningParts } from "./finetuning-parts.js";
import { longestSentence } from "./longest-sentence.js";

/**
 * What the model of a checkpoint writes in a round, task by task; taken from `file` when it was written before. Every round draws
 * other random numbers: a model that was taught little would otherwise write its own lessons again.
 */
export async function writtenAttempts(
  { config: { generate, seed }, tasks, backend, scheme, vocabulary, signal, onProgress }: FinetuningParts,
  checkpoint: Checkpoint,
  round: number,
  file: string,
): Promise<readonly Attempt[]> {
  const before = await readIfThere(file);
  if (before !== undefined) return before;
  const maxTokens = longestSentence(generate, checkpoint);
  const total = tasks.reduce((sum, task) => sum + task.attempts, 0);
  const written: Attempt[] = [];
  const model = await backend.load(checkpoint.state);
  try {
    for (const { conditions, attempts, first } of tasks) {
      const firstOfAll = round * total + first;
      await sampleSentences({
        model,
        firstAttempt: firstOfAll,
        attempts,
        rows: generate.rows,
        maxTokens,
        seed,
        temperature: generate.temperature,
        topK: generate.topK,
        topP: generate.topP,
        signal,
        startsWith: checkpoint.startsWith === undefined ? undefined : vocabulary.id(checkpoint.startsWith),
        grammar: generate.grammar ? () => scheme.grammar(vocabulary, maxTokens, conditions) : undefined,
        onSentence: ({ attempt, tokens, ended }) => {
          const words = tokens.map((id) => vocabulary.tokens[id] ?? "");
          written.push({ attempt: attempt - round * total, tokens: words, ended });
          onProgress(round, { done: written.length, total, unit: "circuits written" });
        },
      });
    }
  } finally {
    await model.dispose();
  }
  signal.throwIfAborted();
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
