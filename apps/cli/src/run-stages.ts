import pc from "picocolors";
import {
  loadConfig,
  pipelineStages,
  runPipeline,
  type LoadedConfig,
  type StageEvent,
  type StageSelection,
} from "@topogenie/core";
import { overridesOf, type RunOptions } from "./commands/run-options.js";
import { findConfig } from "./find-config.js";
import { duration, ProgressLine } from "./progress-line.js";
import { renderReport } from "./report-package.js";
import { workOptions } from "./run-work.js";
import type { Session } from "./session.js";

export interface StagesRun {
  readonly loaded: LoadedConfig;
  readonly runPath: string;
  readonly stages: readonly { readonly name: string; readonly summary: string; readonly seconds: number }[];
}

/** Loads the config, runs the stages that were selected, and shows how it goes. */
export async function runStages(
  configFile: string | undefined,
  options: RunOptions,
  selection: StageSelection,
  session: Session,
): Promise<StagesRun> {
  const loaded = await loadConfig(findConfig(configFile), overridesOf(options));
  const work = workOptions(loaded, options, session);
  const output = session.output();
  const done: { name: string; summary: string; seconds: number }[] = [];
  const line = new ProgressLine();
  const show = (event: StageEvent): void => {
    switch (event.kind) {
      case "begun":
        return line.begin(event.stage.title);
      case "resumed":
        return line.begin(`${event.stage.title} (resumed)`);
      case "skipped":
        return output.info(`${pc.bold(event.stage.title)} ${pc.dim("(already done)")}`);
      case "reused":
        return output.info(`${pc.bold(event.stage.title)} ${pc.dim("(done by another run)")}`);
      case "progress":
        return line.update(event.update);
      case "done":
        done.push({ name: event.stage.name, summary: event.summary, seconds: event.seconds });
        return line.end(`${event.summary} ${pc.dim(`(${duration(event.seconds)})`)}`);
    }
  };
  await runPipeline({
    ...work,
    stages: pipelineStages(renderReport),
    selection,
    onStage: show,
  });
  return { loaded, runPath: work.runPath, stages: done };
}
