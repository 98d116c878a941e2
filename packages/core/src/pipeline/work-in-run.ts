import { join } from "node:path";
import type { LoadedConfig } from "../config/load-config.js";
import { PluginHost, type PluginSource } from "../plugins/plugin-host.js";
import { TopogenieError } from "../runtime/error.js";
import type { Logger } from "../runtime/logger.js";
import { RunDirectory } from "./run-directory.js";

/** What the config of whatever uses plugins has. */
export interface PluginSettings {
  readonly plugins: readonly string[];
  readonly seed: number;
  readonly workers: number;
}

/** What everything that works in a run directory is given. */
export interface WorkOptions<Config = unknown> {
  readonly loaded: LoadedConfig<Config>;
  /** Made when it is not there. */
  readonly runPath: string;
  /** Go on in a run directory that holds work already. */
  readonly resume: boolean;
  /** Plugins that come with the app. */
  readonly builtIn: PluginSource;
  /** Package → version, written into the run directory. */
  readonly versions: Readonly<Record<string, string>>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** How a piece of work is told and known again. */
export interface WorkTitle {
  /** What the folder then holds, with its article: `an evaluation`. */
  readonly what: string;
  /** Whether the folder holds such work, begun or done. */
  readonly isBegun: (path: string) => Promise<boolean>;
  /** What can be done beside going on or keeping it, as a sentence. */
  readonly otherwise?: string;
  /** What the journal is to say of it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What work with plugins is done with. */
export interface Workplace {
  readonly run: RunDirectory;
  readonly host: PluginHost;
  /** Plugin → version, of all that are loaded. */
  readonly plugins: Readonly<Record<string, string>>;
}

/**
 * Does work in a run directory that no other process works in, and writes in its journal when it began and how it ended.
 * Throws `RUN_EXISTS` where such work was begun before and `resume` is false, and what {@link RunDirectory.open} throws.
 */
export async function inRunDirectory<R>(
  { runPath, resume, signal }: Pick<WorkOptions, "runPath" | "resume" | "signal">,
  { what, isBegun, otherwise, details }: WorkTitle,
  work: (run: RunDirectory) => Promise<R>,
): Promise<R> {
  const run = await RunDirectory.open(runPath);
  try {
    if (!resume && (await isBegun(runPath))) {
      const ways = [
        "Go on with it: --resume.",
        ...(otherwise === undefined ? [] : [otherwise]),
        "Keep it and begin another: --tag NAME.",
      ];
      throw new TopogenieError("RUN_EXISTS", `${runPath} already holds ${what}. ${ways.join(" ")}`);
    }
    run.record("start", { pid: process.pid, ...details });
    try {
      const result = await work(run);
      run.record("end");
      return result;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      run.record(signal.aborted ? "interrupted" : "failed", { reason });
      throw cause;
    }
  } finally {
    await run.close();
  }
}

/** As {@link inRunDirectory}, with the built-in plugins and those that the config names; they are disposed of in the end. */
export async function workInRun<R>(
  options: WorkOptions<PluginSettings>,
  title: WorkTitle,
  work: (place: Workplace) => Promise<R>,
): Promise<R> {
  const { loaded, builtIn, logger, signal } = options;
  const { plugins: specifiers, seed, workers } = loaded.config;
  return inRunDirectory(options, title, async (run) => {
    const host = await PluginHost.load({
      sources: [builtIn, { specifiers, folder: loaded.folder, file: loaded.file }],
      seed,
      workers,
      workDirectory: join(run.path, "plugins"),
      logger,
      signal,
    });
    try {
      const plugins = Object.fromEntries(host.registry.plugins.map(({ name, version }) => [name, version]));
      return await work({ run, host, plugins });
    } finally {
      await host.dispose();
    }
  });
}
