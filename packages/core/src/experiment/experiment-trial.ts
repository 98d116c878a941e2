import { join } from "node:path";
import type { EvaluationResult } from "../evaluation/run-evaluation.js";
import type { RungName } from "../verification/ladder.js";
import type { GenerationSummary, TrainingSummary } from "../pipeline/report-data.js";
import { readJson } from "../pipeline/read-json.js";
import { TokenFile } from "../pipeline/token-file.js";
import { stageSeconds } from "./stage-seconds.js";

/** What one variant came to with one seed. */
export interface ExperimentTrial {
  readonly variant: string;
  readonly seed: number;
  readonly steps: number;
  readonly trainingTokens: number;
  /** Undefined when the training was stopped on the way. */
  readonly trainingSeconds?: number;
  /** The best, nats a token, of circuits that were not trained on. */
  readonly validationLoss?: number;
  /** The same a circuit: sentences of different schemes have different lengths, circuits have not. */
  readonly validationLossPerCircuit?: number;
  readonly attempts: number;
  /** Of writing alone, by the clock. Undefined when it was stopped on the way. */
  readonly secondsPerCircuit?: number;
  readonly processorSecondsPerCircuit?: number;
  /** Attempts that passed each rung and all above it. */
  readonly passed: Readonly<Partial<Record<RungName, number>>>;
  /** Mean over the circuits that decoded. */
  readonly devices?: number;
  /** Median distance of the simulatable circuits to the nearest training circuit. */
  readonly nearest?: number;
  readonly typeAccuracy?: { readonly count: number; readonly of: number };
  readonly findings: readonly string[];
}

export async function trialOf(
  variant: string,
  seed: number,
  runPath: string,
  { evaluation }: Pick<EvaluationResult, "evaluation">,
): Promise<ExperimentTrial> {
  const training = await readJson<TrainingSummary>(join(runPath, "3-train", "summary.json"));
  const generation = await readJson<GenerationSummary>(join(runPath, "4-generate", "summary.json"));
  const losses = training.curve.flatMap(({ validationLoss }) => validationLoss ?? []);
  const validationLoss = losses.length === 0 ? undefined : Math.min(...losses);
  const perCircuit = validationLoss === undefined ? undefined : validationLoss * (await tokensPerCircuit(runPath));
  const trainingSeconds = await stageSeconds(runPath, "train");
  const seconds = await stageSeconds(runPath, "generate");
  const { ladder, nearest, typeAccuracy, findings } = evaluation;
  const { deviceCounts } = ladder;
  return {
    variant,
    seed,
    steps: training.steps,
    trainingTokens: training.tokens,
    ...(trainingSeconds === undefined ? {} : { trainingSeconds: trainingSeconds.clock }),
    ...(validationLoss === undefined ? {} : { validationLoss }),
    ...(perCircuit === undefined ? {} : { validationLossPerCircuit: perCircuit }),
    attempts: ladder.attempts,
    ...(seconds === undefined
      ? {}
      : {
          secondsPerCircuit: seconds.clock / generation.attempts,
          processorSecondsPerCircuit: seconds.processor / generation.attempts,
        }),
    passed: Object.fromEntries(ladder.rungs.map(({ name, passed }) => [name, passed])),
    ...(deviceCounts.length === 0 ? {} : { devices: mean(deviceCounts) }),
    ...(nearest === undefined ? {} : { nearest: nearest.median }),
    ...(typeAccuracy === undefined ? {} : { typeAccuracy: { count: typeAccuracy.count, of: typeAccuracy.of } }),
    findings: findings.map(({ signature, text }) => `${signature}: ${text}`),
  };
}

/** Targets of a held-out sentence: all of its tokens but the first. */
async function tokensPerCircuit(runPath: string): Promise<number> {
  const file = await TokenFile.open(join(runPath, "2-encode", "validation"));
  const mean = file.tokens / file.count - 1;
  await file.close();
  return mean;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
