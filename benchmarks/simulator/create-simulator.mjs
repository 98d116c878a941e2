import { createRng, silentLogger } from "@topogenie/core";

/** The simulator that a plugin provides, with options. */
export async function createSimulator(plugin, workers, options = {}) {
  const provided = plugin.provides.find(({ kind }) => kind === "simulator");
  return provided.create(provided.options.parse(options), {
    logger: silentLogger,
    rng: createRng(1),
    signal: new AbortController().signal,
    workDirectory: ".",
    workers,
    deviceTypes: new Map(),
    use: () => Promise.reject(new Error("not needed")),
  });
}
