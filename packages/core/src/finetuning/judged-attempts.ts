import { join } from "node:path";
import { Circuit } from "../circuit/circuit.js";
import { tryFunctional, type FunctionalOutcome } from "../evaluation/functional-rungs.js";
import { readAttempt, type Attempt } from "../pipeline/attempt.js";
import { JsonLinesLog, writeJsonLines } from "../runtime/json-lines.js";
import { mapConcurrently } from "../runtime/map-concurrently.js";
import { createRng } from "../runtime/rng.js";
import { sizingsAtOnce } from "../sizing/sizings-at-once.js";
import { climbLadder, type AttemptVerdict } from "../verification/climb-ladder.js";
import { hasPassed } from "../verification/ladder.js";
import type { FinetuningParts } from "./finetuning-parts.js";
import type { FinetuningTask } from "./finetuning-task.js";
import type { JudgedAttempt } from "./reward.js";

export type JudgedCircuit = AttemptVerdict & JudgedAttempt;

interface StoredOutcome {
  readonly attempt: number;
  readonly outcome: FunctionalOutcome;
}

/** All rungs for what was written in a round, kept in `folder` as they become known. */
export async function judgedAttempts(
  parts: FinetuningParts,
  attempts: readonly Attempt[],
  known: ReadonlySet<string>,
  round: number,
  folder: string,
): Promise<readonly JudgedCircuit[]> {
  const { config, scheme, deviceTypes, simulator, models, signal, onProgress, tasks } = parts;
  const verdicts = await climbLadder({
    attempts: attempts.map((attempt) => readAttempt(attempt, scheme)),
    deviceTypes,
    simulator,
    models,
    supplyVolts: config.verify.supplyVolts,
    timeoutMs: config.verify.timeoutMs,
    known,
    journalFile: join(folder, "simulations.log"),
    signal,
    onProgress: (update) => onProgress(round, update),
  });
  const candidates = verdicts.flatMap((verdict) => {
    const task = taskOf(tasks, verdict.attempt);
    return hasPassed(verdict, "novel") && task.simulations > 0 ? [{ verdict, task }] : [];
  });
  const outcomes = await sizeAll(parts, candidates, round, join(folder, "sizings.log"));
  const judged = verdicts.map((verdict) => {
    const { failed, best } = outcomes.get(verdict.attempt) ?? {};
    return { ...verdict, ...(failed === undefined ? {} : { failed }), ...(best === undefined ? {} : { best }) };
  });
  await writeJsonLines(join(folder, "attempts-judged.jsonl"), judged);
  return judged;
}

/** The task for which an attempt was written. */
export function taskOf(tasks: readonly FinetuningTask[], attempt: number): FinetuningTask {
  const task = tasks.findLast(({ first }) => first <= attempt);
  if (task === undefined) throw new Error(`No task has the attempt ${attempt}.`);
  return task;
}

interface Candidate {
  readonly verdict: AttemptVerdict;
  readonly task: FinetuningTask;
}

/** Rungs 6 and 7 for what passed all before them and has not been sized yet. */
async function sizeAll(
  { config: { sizing, seed }, host, deviceTypes, simulator, models, signal, onProgress }: FinetuningParts,
  candidates: readonly Candidate[],
  round: number,
  journal: string,
): Promise<ReadonlyMap<number, FunctionalOutcome>> {
  const optimizer = await host.create("sizing-optimizer", sizing.optimizer, sizing.options, "sizing.optimizer");
  const { log, entries } = await JsonLinesLog.open<StoredOutcome>(journal);
  const outcomes = new Map(entries.map(({ attempt, outcome }) => [attempt, outcome]));
  const left = candidates.filter(({ verdict }) => !outcomes.has(verdict.attempt));
  await mapConcurrently(
    left,
    { limit: sizingsAtOnce(simulator), signal },
    async ({ verdict: { attempt, id, circuit }, task }) => {
      if (circuit === undefined || id === undefined) throw new Error("an attempt without a circuit passed the ladder");
      const outcome = await tryFunctional({
        circuit: new Circuit(circuit),
        family: task.family,
        deviceTypes,
        simulator,
        optimizer,
        models,
        rng: createRng(seed).fork("finetune").fork(id),
        budget: { simulations: task.simulations },
        batch: sizing.batch,
        firstGuess: sizing.firstGuess,
        signal,
      });
      outcomes.set(attempt, outcome);
      log.append({ attempt, outcome });
      onProgress(round, { done: outcomes.size, total: candidates.length, unit: "circuits sized" });
    },
  );
  return outcomes;
}
