import { InvalidArgumentError, Option, type Command } from "commander";
import { parseOverride, stageNames, type Override, type StageName } from "@topogenie/core";

export interface RunOptions {
  readonly set: readonly Override[];
  readonly tag?: string;
  readonly runs?: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly from?: StageName;
  readonly to?: StageName;
  readonly only?: StageName;
  readonly resume?: boolean;
}

/** Options that every command which works in a run directory has. */
export function addRunOptions(command: Command): Command {
  return addConfigOptions(
    command.argument("[config]", "config file; topogenie.config.yaml (or .ts) in this folder unless given"),
  );
}

/** The same, for commands whose config file is another one. */
export function addConfigOptions(command: Command): Command {
  return addFolderOptions(command).option("--seed <number>", "seed of everything random (config key: seed)");
}

/** The same, for commands whose config names no seed. */
export function addFolderOptions(command: Command): Command {
  return command
    .option("--set <key=value>", "set any value of the config; may be repeated", collectOverrides, [])
    .option("--tag <name>", "name of the run's folder (config key: tag)")
    .option("--runs <folder>", "folder of all runs (config key: runs)")
    .option("--workers <number>", "simulations at once (config key: workers)")
    .option("--resume", "go on with a run that was stopped, and skip what is done");
}

/** What is judged, and with what: for commands that are given a set of circuits. */
export function addSetOptions(command: Command): Command {
  return command
    .option("--config <file>", "config whose simulator, models and optimizer are used; a run's own unless given")
    .addOption(labelsOption());
}

export function labelsOption(): Option {
  return new Option("--labels <file>", "file that says what numbered circuits are, as examples/analoggenie/labels.yaml does");
}

export function addSelectionOptions(command: Command): Command {
  return command
    .addOption(new Option("--from <stage>", "do this stage and all later ones again").choices(stageNames))
    .addOption(new Option("--to <stage>", "stop after this stage").choices(stageNames))
    .addOption(new Option("--only <stage>", "do this stage alone").choices(stageNames).conflicts(["from", "to"]));
}

/** The overrides that the short options stand for, before those of `--set`. */
export function overridesOf(options: RunOptions): Override[] {
  const short = (["tag", "runs", "seed", "workers"] as const).flatMap((key) => {
    const value = options[key];
    return value === undefined
      ? []
      : [key === "seed" || key === "workers" ? parseOverride(`${key}=${value}`) : { path: [key], value }];
  });
  return [...short, ...options.set];
}

function collectOverrides(text: string, previous: readonly Override[]): Override[] {
  try {
    return [...previous, parseOverride(text)];
  } catch (cause) {
    throw new InvalidArgumentError(cause instanceof Error ? cause.message : String(cause));
  }
}
