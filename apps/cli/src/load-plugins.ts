import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig, PluginHost } from "@topogenie/core";
import { builtInPlugins } from "./built-in-plugins.js";
import type { Session } from "./session.js";

/** The built-in plugins and those that a config names, for commands without a run directory. */
export async function loadPlugins(session: Session, configFile?: string): Promise<PluginHost> {
  const loaded = configFile === undefined ? undefined : await loadConfig(configFile);
  return PluginHost.load({
    sources: [
      builtInPlugins,
      ...(loaded === undefined ? [] : [{ specifiers: loaded.config.plugins, folder: loaded.folder, file: loaded.file }]),
    ],
    seed: 1,
    workers: loaded?.config.workers ?? 1,
    workDirectory: join(tmpdir(), "topogenie"),
    logger: session.output(),
    signal: session.signal,
  });
}
