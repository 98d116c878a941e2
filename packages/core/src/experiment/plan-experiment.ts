import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { loadConfig, type LoadedConfig } from "../config/load-config.js";
import { checkRun } from "../pipeline/check-run.js";
import type { WorkOptions } from "../pipeline/work-in-run.js";
import { PluginHost } from "../plugins/plugin-host.js";
import { TopogenieError } from "../runtime/error.js";
import { variantsOf, type ExperimentConfig, type Variant } from "./experiment-config.js";

/** A variant with one seed. */
export interface PlannedTrial {
  readonly variant: Variant;
  readonly seed: number;
  readonly loaded: LoadedConfig;
  readonly path: string;
  /** Of everything that its result depends on. */
  readonly key: string;
}

export type PlanOptions = Omit<WorkOptions<ExperimentConfig>, "resume">;

/**
 * All trials in the order in which they are done. Throws what a wrong config of any variant deserves: its keys, its plugins, their
 * options, and what it begins from.
 */
export async function planExperiment(
  options: PlanOptions,
): Promise<{ readonly variants: readonly Variant[]; readonly trials: readonly PlannedTrial[] }> {
  const variants = uniqueVariants(options.loaded.config);
  const trials = await planTrials(variants, options);
  await checkVariants(trials, options);
  return { variants, trials };
}

/** Of each variant one trial: seeds make no difference. Variants that name the same plugins share them. */
async function checkVariants(trials: readonly PlannedTrial[], options: PlanOptions): Promise<void> {
  const hosts = new Map<string, PluginHost>();
  try {
    for (const trial of new Map(trials.map((one) => [one.variant, one])).values()) {
      options.signal.throwIfAborted();
      const { plugins } = trial.loaded.config;
      const host = hosts.get(plugins.join("\n")) ?? (await loadHost(trial, options));
      hosts.set(plugins.join("\n"), host);
      await checkTrial(host, trial, options.loaded.config.evaluate.family);
    }
  } finally {
    for (const host of hosts.values()) await host.dispose();
  }
}

function loadHost({ loaded, path }: PlannedTrial, { builtIn, logger, signal }: PlanOptions): Promise<PluginHost> {
  return PluginHost.load({
    sources: [builtIn, { specifiers: loaded.config.plugins, folder: loaded.folder, file: loaded.file }],
    seed: loaded.config.seed,
    workers: 1,
    workDirectory: join(path, "plugins"),
    logger,
    signal,
  });
}

async function checkTrial(host: PluginHost, { variant, loaded }: PlannedTrial, family: string | undefined): Promise<void> {
  try {
    await checkRun(host, loaded);
    if (family !== undefined) host.check("circuit-family", family, {}, "evaluate.family");
  } catch (cause) {
    if (!(cause instanceof TopogenieError)) throw cause;
    throw new TopogenieError(cause.code, `Variant "${variant.name}": ${cause.message}`, { cause });
  }
}

function uniqueVariants(config: ExperimentConfig): Variant[] {
  const variants = variantsOf(config);
  if (variants.length === 0) {
    throw new TopogenieError("EXPERIMENT_EMPTY", "The experiment has no variants. Name some under variants, sweep or vary.");
  }
  const names = variants.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new TopogenieError(
      "EXPERIMENT_VARIANT_TWICE",
      `Two variants are called "${repeated}". Give one of them a name of its own under variants.`,
    );
  }
  return variants;
}

async function planTrials(variants: readonly Variant[], { loaded, runPath, versions }: PlanOptions): Promise<PlannedTrial[]> {
  const { config, folder } = loaded;
  const trials: PlannedTrial[] = [];
  for (const variant of variants) {
    for (const seed of config.seeds) {
      const values = { ...config.set, ...variant.values, seed, workers: config.workers };
      const overrides = Object.entries(values).map(([key, value]) => ({ path: key.split("."), value }));
      const resolved = await loadConfig(resolve(folder, config.base), overrides);
      const about = { config: { ...resolved.config, workers: 0, runs: "", tag: "" }, evaluate: config.evaluate, versions };
      trials.push({
        variant,
        seed,
        loaded: resolved,
        path: join(runPath, "trials", variant.name, `seed-${seed}`),
        key: createHash("sha256").update(JSON.stringify(about)).digest("hex"),
      });
    }
  }
  return trials;
}
