import { createHash } from "node:crypto";
import { cp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PluginHost } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import type { ResolvedConfig } from "../config/config-schema.js";
import { filesDigest } from "../runtime/content-digest.js";
import { TopogenieError } from "../runtime/error.js";
import type { ProgressUpdate } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import { checkRun } from "./check-run.js";
import { pluginUses } from "./plugin-uses.js";
import { stageRecordOf, type RunDirectory } from "./run-directory.js";
import { stageNames, type Stage, type StageContext, type StageName } from "./stage.js";
import { workInRun, type WorkOptions } from "./work-in-run.js";

/** Which stages to do. */
export interface StageSelection {
  /** Do this stage and all later ones again. */
  readonly from?: StageName;
  /** Stop after this stage. */
  readonly to?: StageName;
  /** Do this stage alone; earlier ones must be done. */
  readonly only?: StageName;
  /** Go on in a run directory that holds work already. */
  readonly resume: boolean;
}

export interface PipelineOptions extends Omit<WorkOptions<ResolvedConfig>, "resume"> {
  readonly stages: readonly Stage[];
  readonly selection: StageSelection;
  readonly onStage: (event: StageEvent) => void;
  /** Other runs: what one of them has done with the same config, seed, plugins and inputs is copied and not done again. */
  readonly reuse?: readonly string[];
}

export type StageEvent =
  | { readonly kind: "begun" | "resumed" | "skipped" | "reused"; readonly stage: Stage }
  | { readonly kind: "progress"; readonly stage: Stage; readonly update: ProgressUpdate }
  | { readonly kind: "done"; readonly stage: Stage; readonly summary: string; readonly seconds: number };

/**
 * Runs the stages in order. A stage that is done, with the same config, seed, plugins and inputs, is not done again;
 * one that was stopped on the way goes on where it was.
 */
export async function runPipeline(options: PipelineOptions): Promise<void> {
  const { loaded, selection, signal } = options;
  const resume = selection.resume || selection.from !== undefined || selection.only !== undefined;
  const title = {
    what: "a run",
    isBegun: holdsStages,
    otherwise: `Do it again from a stage: --from ${stageNames[0]}.`,
    details: { selection },
  };
  await workInRun({ ...options, resume }, title, async ({ run, host, plugins }) => {
    await checkRun(host, loaded);
    await writeJson(run.resolvedFile, {
      config: loaded.config,
      configFile: loaded.file,
      seed: loaded.config.seed,
      versions: options.versions,
      plugins,
    });
    for (const stage of options.stages.filter((candidate) => isSelected(candidate.name, selection))) {
      signal.throwIfAborted();
      await runStage(stage, options, run, host, plugins);
    }
  });
}

async function runStage(
  stage: Stage,
  options: PipelineOptions,
  run: RunDirectory,
  host: PluginHost,
  plugins: Readonly<Record<string, string>>,
): Promise<void> {
  const { loaded, selection, signal, logger, onStage } = options;
  const folder = stageFolder(stage.name);
  const inputs = await inputHashes(stage, run);
  const uses = pluginUses(loaded.config);
  const contents = await host.contentsOf((stage.uses ?? []).map((role) => uses[role]));
  const key = hash({
    stage: stage.name,
    seed: loaded.config.seed,
    config: await stage.dependsOn(loaded.config, loaded.folder),
    plugins,
    inputs,
    ...(Object.keys(contents).length === 0 ? {} : { contents }),
  });
  const record = await run.stageRecord(folder);
  const isForced = selection.only === stage.name || selection.from !== undefined;
  const isSame = record?.key === key;
  // A forced stage that was stopped on the way goes on when --resume is given too.
  if (isSame && record.state === "done" && !isForced) {
    onStage({ kind: "skipped", stage });
    return;
  }
  const isResumed = isSame && record.state === "begun" && selection.resume;
  const donor = isForced || isResumed ? undefined : await findDone(options.reuse ?? [], folder, key);
  if (donor !== undefined) {
    await copyStage(donor, run, folder);
    run.record("stage reused", { stage: stage.name, from: donor });
    onStage({ kind: "reused", stage });
    return;
  }
  if (!isResumed) await run.clearStage(folder);
  await run.beginStage(folder, key);
  run.record(isResumed ? "stage resumed" : "stage begun", { stage: stage.name });
  onStage({ kind: isResumed ? "resumed" : "begun", stage });
  const started = performance.now();
  const processor = process.cpuUsage();
  const context: StageContext = {
    config: loaded.config,
    configFolder: loaded.folder,
    run,
    host,
    logger,
    signal,
    rng: createRng(loaded.config.seed).fork(stage.name),
    onProgress: (update) => onStage({ kind: "progress", stage, update }),
    file: (...parts) => run.stageFile(folder, ...parts),
    input: (name, ...parts) => run.stageFile(stageFolder(name), ...parts),
  };
  const outcome = await stage.run(context);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(processor);
  await run.finishStage(folder, key, await filesDigest(outcome.outputs.map((name) => context.file(name))));
  run.record("stage done", {
    stage: stage.name,
    seconds: Number(seconds.toFixed(2)),
    processorSeconds: Number(((user + system) / 1e6).toFixed(2)),
    summary: outcome.summary,
  });
  onStage({ kind: "done", stage, summary: outcome.summary, seconds });
}

/** `3-train`: the folders sort in the order of work. */
export function stageFolder(name: StageName): string {
  return `${stageNames.indexOf(name) + 1}-${name}`;
}

async function findDone(runs: readonly string[], folder: string, key: string): Promise<string | undefined> {
  for (const path of runs) {
    const record = await stageRecordOf(path, folder);
    if (record?.key === key && record.state === "done") return path;
  }
  return undefined;
}

/** Beside and then renamed, so that a copy which is stopped on the way is none. */
async function copyStage(donor: string, run: RunDirectory, folder: string): Promise<void> {
  const beside = run.stageFile(`${folder}.part`);
  await rm(beside, { recursive: true, force: true });
  await cp(join(donor, folder), beside, { recursive: true });
  await run.clearStage(folder);
  await rename(beside, run.stageFile(folder));
}

function isSelected(name: StageName, selection: StageSelection): boolean {
  const index = stageNames.indexOf(name);
  if (selection.only !== undefined) return name === selection.only;
  const first = selection.from === undefined ? 0 : stageNames.indexOf(selection.from);
  const last = selection.to === undefined ? stageNames.length - 1 : stageNames.indexOf(selection.to);
  return index >= first && index <= last;
}

async function inputHashes(stage: Stage, run: RunDirectory): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of stage.reads) {
    const record = await run.stageRecord(stageFolder(name));
    if (record?.state !== "done" || record.outputHash === undefined) {
      throw new TopogenieError(
        "STAGE_INPUT_MISSING",
        `Stage "${stage.name}" reads what "${name}" writes, but "${name}" is not done in ${run.path}. Run it first: topogenie discover --only ${name}`,
      );
    }
    hashes[name] = record.outputHash;
  }
  return hashes;
}

async function holdsStages(path: string): Promise<boolean> {
  for (const name of stageNames) {
    if ((await stageRecordOf(path, stageFolder(name))) !== undefined) return true;
  }
  return false;
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
