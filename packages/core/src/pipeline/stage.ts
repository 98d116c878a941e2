import type { PluginHost } from "../plugins/plugin-host.js";
import type { ResolvedConfig } from "../config/config-schema.js";
import type { Logger } from "../runtime/logger.js";
import type { ProgressListener } from "../runtime/progress.js";
import type { Rng } from "../runtime/rng.js";
import type { PluginRole } from "./plugin-uses.js";
import type { RunDirectory } from "./run-directory.js";

export const stageNames = ["corpus", "encode", "train", "generate", "verify", "size", "report"] as const;

export type StageName = (typeof stageNames)[number];

export interface StageContext {
  readonly config: ResolvedConfig;
  /** Paths in the config are relative to this folder. */
  readonly configFolder: string;
  readonly run: RunDirectory;
  readonly host: PluginHost;
  readonly logger: Logger;
  readonly onProgress: ProgressListener;
  readonly signal: AbortSignal;
  /** The stage's own stream. */
  readonly rng: Rng;
  /** A file in this stage's own folder. */
  readonly file: (...parts: string[]) => string;
  /** A file that an earlier stage wrote. */
  readonly input: (stage: StageName, ...parts: string[]) => string;
}

export interface StageOutcome {
  /** Files in the stage's folder that later stages read; their content decides whether those must be done again. */
  readonly outputs: readonly string[];
  /** One line for a person. */
  readonly summary: string;
}

/**
 * A step on the way of a circuit. It reads what earlier stages wrote and writes only to its own folder. When it was
 * stopped before its end, it is run again with its folder as it was left, and goes on from there.
 */
export interface Stage {
  readonly name: StageName;
  readonly title: string;
  /** Stages whose outputs it reads. */
  readonly reads: readonly StageName[];
  /** What it makes of plugins: what the files that their options name hold has a part in its result too. */
  readonly uses?: readonly PluginRole[];
  /** The part of the config, and of the files it names, on which its result depends, besides the seed. */
  dependsOn(config: ResolvedConfig, configFolder: string): unknown;
  run(context: StageContext): Promise<StageOutcome>;
}
