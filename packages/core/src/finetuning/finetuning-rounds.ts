import { join } from "node:path";
import { saveCheckpoint, type Checkpoint } from "../language-model/checkpoint.js";
import { loadBestCheckpoint } from "../language-model/checkpoint-series.js";
import { foldTemperature } from "../language-model/fold-temperature.js";
import { trainLanguageModel } from "../language-model/training-loop.js";
import { networkOf } from "../pipeline/starting-point.js";
import { TopogenieError } from "../runtime/error.js";
import { climbedRungs } from "../verification/climb-ladder.js";
import { countLadder } from "../verification/ladder.js";
import { ExpertIteration } from "./expert-iteration.js";
import type { FinetuningParts } from "./finetuning-parts.js";
import type { FamilyRound, FinetuningRound, FinetuningSummary } from "./finetuning-summary.js";
import type { FinetuningTask } from "./finetuning-task.js";
import { judgedAttempts, taskOf, type JudgedCircuit } from "./judged-attempts.js";
import { policyGradient } from "./policy-gradient.js";
import { medianFigure, rewardsOf } from "./reward.js";
import type { Teaching } from "./teaching.js";
import { writtenAttempts } from "./written-attempts.js";

/** Writes, judges and teaches in turns; the last round is the result's. A folder `round-N` in `runPath` holds each. */
export async function finetuneInRounds(runPath: string, parts: FinetuningParts): Promise<FinetuningSummary> {
  const { config, start } = parts;
  const { method, rounds: last } = config.finetune;
  const known = new Set([...parts.corpus.map(({ id }) => id), ...(start.checkpoint.knownCircuits ?? [])]);
  const experts = new ExpertIteration(parts);
  const rounds: FinetuningRound[] = [];
  let checkpoint = start.checkpoint;
  let folder = start.folder;
  for (let round = 0; ; round++) {
    const roundPath = join(runPath, `round-${round}`);
    const attempts = await writtenAttempts(parts, checkpoint, round, join(roundPath, "attempts.jsonl"));
    const judged = await judgedAttempts(parts, attempts, known, round, roundPath);
    const rewards = rewardsOfRound(parts.tasks, judged);
    for (const { attempt, id } of judged) if (id !== undefined && rewards.has(attempt)) known.add(id);
    const teaching =
      method === "policy-gradient"
        ? await policyGradient(parts, checkpoint, attempts, rewards)
        : experts.teach(round, judged, rewards);
    const { lessons, divergence } = teaching;
    rounds.push({
      round,
      families: parts.tasks.map((task) => familyRound(task, ofTask(parts.tasks, task, judged))),
      ...(round === last ? {} : { lessons }),
      ...(divergence === undefined ? {} : { divergence }),
    });
    if (round === last) break;
    folder = join(roundPath, "model");
    checkpoint = await taught(parts, teaching, checkpoint, known, round, join(roundPath, "training"));
    await saveCheckpoint(folder, checkpoint);
  }
  const { temperature } = config.generate;
  return { method, from: config.train.from ?? "", temperature, seed: config.seed, rounds, checkpoint: folder };
}

function ofTask(
  tasks: readonly FinetuningTask[],
  task: FinetuningTask,
  judged: readonly JudgedCircuit[],
): readonly JudgedCircuit[] {
  return judged.filter(({ attempt }) => taskOf(tasks, attempt) === task);
}

function rewardsOfRound(tasks: readonly FinetuningTask[], judged: readonly JudgedCircuit[]): ReadonlyMap<number, number> {
  return new Map(
    tasks.flatMap((task) => [...rewardsOf(ofTask(tasks, task, judged), task.family.figureOfMerit, task.simulations > 0)]),
  );
}

function familyRound({ family, simulations }: FinetuningTask, judged: readonly JudgedCircuit[]): FamilyRound {
  const median = medianFigure(judged);
  const { name, unit } = family.figureOfMerit;
  return {
    family: family.name,
    ladder: countLadder(judged, simulations > 0 ? [...climbedRungs, "functional", "on-spec"] : climbedRungs),
    simulations,
    figureOfMerit: { name, unit },
    ...(median === undefined ? {} : { medianFigureOfMerit: median }),
  };
}

/**
 * The model after a round's training, which is kept in `directory`. It is taught at the temperature at which it writes: what it wrote
 * hotter than it is would otherwise make it hotter, round by round.
 */
async function taught(
  { config: { train, generate, encode, seed }, start, backend, vocabulary, signal, logger, onProgress }: FinetuningParts,
  { documents, weightsOf, hash, lessons }: Teaching,
  from: Checkpoint,
  known: ReadonlySet<string>,
  round: number,
  directory: string,
): Promise<Checkpoint> {
  if (lessons === 0) {
    throw new TopogenieError(
      "FINETUNING_NO_LESSON",
      "No circuit of this round is worth more than the others, so that there is nothing to learn from. " +
        "Let it write more (generate.attempts), less daring ones (generate.temperature), or begin with a better model.",
    );
  }
  const config = networkOf(train, vocabulary.tokens.length, start);
  const temperature = generate.temperature === 0 ? 1 : generate.temperature;
  await trainLanguageModel({
    backend,
    config,
    from: { ...from, state: foldTemperature(from.state, temperature) },
    vocabulary: vocabulary.tokens,
    scheme: { name: encode.scheme, options: encode.options },
    knownCircuits: [...known].sort(),
    documents,
    weightsOf,
    validation: [],
    corpusHash: hash,
    seed,
    batch: { rows: train.rows, length: train.length ?? config.context },
    steps: train.steps,
    schedule: train.schedule,
    optimizer: train.optimizer,
    evaluateEvery: train.evaluateEvery,
    checkpointEvery: train.checkpointEvery,
    patience: 0,
    directory,
    resume: true,
    signal,
    logger,
    onProgress: ({ step, steps, loss }) =>
      onProgress(round, { done: step, total: steps, unit: "steps", note: `loss ${loss.toFixed(3)}` }),
  });
  signal.throwIfAborted();
  const learned = await loadBestCheckpoint(directory);
  return { ...learned, training: undefined, state: foldTemperature(learned.state, 1 / temperature) };
}
