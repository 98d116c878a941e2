import { readdir } from "node:fs/promises";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { runEvaluation } from "../evaluation/run-evaluation.js";
import { readJsonIfThere } from "../pipeline/read-json.js";
import type { JournalEntry } from "../pipeline/run-directory.js";
import { runPipeline, type StageEvent } from "../pipeline/run-pipeline.js";
import type { Stage } from "../pipeline/stage.js";
import { inRunDirectory, type WorkOptions } from "../pipeline/work-in-run.js";
import { writeJson } from "../runtime/atomic-file.js";
import { JsonLinesLog } from "../runtime/json-lines.js";
import type { ProgressUpdate } from "../runtime/progress.js";
import type { ExperimentConfig } from "./experiment-config.js";
import { planExperiment, type PlannedTrial } from "./plan-experiment.js";
import { summariseVariant, type ExperimentSummary, type Machine } from "./experiment-summary.js";
import { trialOf, type ExperimentTrial } from "./experiment-trial.js";

export interface ExperimentOptions extends WorkOptions<ExperimentConfig> {
  readonly stages: readonly Stage[];
  readonly onEvent: (event: ExperimentEvent) => void;
}

export type ExperimentEvent =
  | {
      readonly kind: "trial";
      readonly variant: string;
      readonly seed: number;
      readonly number: number;
      readonly of: number;
      readonly isDone: boolean;
    }
  | { readonly kind: "stage"; readonly event: StageEvent }
  | { readonly kind: "evaluation"; readonly update: ProgressUpdate };

interface StoredTrial {
  readonly key: string;
  readonly trial: ExperimentTrial;
}

/**
 * Trains every variant with every seed, lets it write circuits and climb the ladder. Whatever two variants have in common (a corpus, a
 * trained model) is done once. Killed at any moment, it goes on where it was; a trial that is done is not done again.
 * Throws what a wrong config of any variant deserves before the first is trained; `RUN_EXISTS` for a used folder without `resume`.
 */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentSummary> {
  const { loaded, runPath, signal, onEvent } = options;
  const { config } = loaded;
  const { variants, trials } = await planExperiment(options);
  const isBegun = async (path: string): Promise<boolean> => (await readdir(path)).includes("trials");
  return inRunDirectory(options, { what: "an experiment", isBegun }, async () => {
    const { entries } = await JsonLinesLog.open<JournalEntry>(join(runPath, "journal.jsonl"));
    const started = entries.find(({ event }) => event === "start")?.time ?? new Date().toISOString();
    const done: ExperimentTrial[] = [];
    const paths: string[] = [];
    for (const [index, trial] of trials.entries()) {
      signal.throwIfAborted();
      const stored = await readJsonIfThere<StoredTrial>(join(trial.path, "trial.json"));
      const isDone = stored?.key === trial.key;
      onEvent({ kind: "trial", variant: trial.variant.name, seed: trial.seed, number: index + 1, of: trials.length, isDone });
      done.push(isDone ? stored.trial : await doTrial(trial, paths, options));
      paths.push(trial.path);
    }
    const summary: ExperimentSummary = {
      tag: config.tag,
      title: config.title,
      question: config.question,
      measures: config.measures,
      seeds: config.seeds,
      simulations: config.evaluate.simulations,
      machine: machine(),
      started,
      ended: new Date().toISOString(),
      variants: variants.map((variant) =>
        summariseVariant(
          variant,
          done.filter((trial) => trial.variant === variant.name),
          config.measures,
        ),
      ),
    };
    await writeJson(join(runPath, "experiment.json"), summary);
    return summary;
  });
}

async function doTrial(trial: PlannedTrial, earlier: readonly string[], options: ExperimentOptions): Promise<ExperimentTrial> {
  const { stages, builtIn, versions, logger, signal, onEvent } = options;
  const { evaluate } = options.loaded.config;
  const { loaded, path } = trial;
  const common = { loaded, builtIn, versions, logger, signal };
  await runPipeline({
    ...common,
    runPath: path,
    stages,
    selection: { to: "generate", resume: true },
    reuse: earlier,
    onStage: (event) => onEvent({ kind: "stage", event }),
  });
  const result = await runEvaluation({
    ...common,
    set: path,
    runPath: join(path, "evaluation"),
    resume: true,
    family: evaluate.family,
    simulations: evaluate.simulations,
    onProgress: (update) => onEvent({ kind: "evaluation", update }),
  });
  const ended = await trialOf(trial.variant.name, trial.seed, path, result);
  await writeJson(join(path, "trial.json"), { key: trial.key, trial: ended } satisfies StoredTrial);
  return ended;
}

function machine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${release()}`,
    node: process.versions.node,
  };
}
