import { join, relative, resolve } from "node:path";
import { writeAtomic, type LoadedConfig, type WorkOptions } from "@topogenie/core";
import { builtInPlugins } from "./built-in-plugins.js";
import type { RunOptions } from "./commands/run-options.js";
import type { Session } from "./session.js";
import { versions } from "./versions.js";

interface RunConfig {
  readonly runs: string;
  readonly tag: string;
}

/**
 * What a command that works in a run directory hands to core.
 * @param tag name of the run's folder
 */
export function workOptions<C extends RunConfig>(
  loaded: LoadedConfig<C>,
  options: RunOptions,
  session: Session,
  tag = loaded.config.tag,
): WorkOptions<C> {
  return {
    loaded,
    runPath: resolve(loaded.config.runs, tag),
    resume: options.resume === true,
    builtIn: builtInPlugins,
    versions: versions(),
    logger: session.output(),
    signal: session.signal,
  };
}

/**
 * Writes a run's report.
 * @param data the files beside it that hold its figures, in words
 * @returns its path, and two lines that say where it and the data are
 */
export async function writeReport(
  runPath: string,
  html: string,
  data: string,
): Promise<{ readonly report: string; readonly where: string }> {
  const report = join(runPath, "report.html");
  await writeAtomic(report, html);
  const here = (path: string): string => relative(process.cwd(), path);
  return { report, where: `Report: ${here(report)}\nData:   ${here(runPath)}/${data}` };
}
