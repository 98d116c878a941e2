import { PluginHost, silentLogger } from "@topogenie/core";
import { builtInPlugins } from "../src/built-in-plugins.js";

/** A host of the built-in plugins, which whoever asks disposes of. */
export function builtInHost(workDirectory: string): Promise<PluginHost> {
  const { signal } = new AbortController();
  return PluginHost.load({ sources: [builtInPlugins], seed: 1, workers: 1, workDirectory, logger: silentLogger, signal });
}
