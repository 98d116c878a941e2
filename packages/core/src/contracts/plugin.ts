import type { z } from "zod";
import type { Logger } from "../runtime/logger.js";
import type { Rng } from "../runtime/rng.js";
import type { CircuitFamily } from "./circuit-family.js";
import type { DeviceType } from "./device-type.js";
import type { ModelBackend } from "./model-backend.js";
import type { Simulator } from "./simulator.js";
import type { SizingOptimizer } from "./sizing-optimizer.js";
import type { TokenizationScheme } from "./tokenization-scheme.js";

/** The version of the contracts in this folder. A plugin made for another one is refused. */
export const API_VERSION = 1;

/** The closed list of what a plugin can provide, and the contract of each kind. */
export interface PluginKinds {
  "device-type": DeviceType;
  "circuit-family": CircuitFamily;
  "tokenization-scheme": TokenizationScheme;
  "model-backend": ModelBackend;
  simulator: Simulator;
  "sizing-optimizer": SizingOptimizer;
}

export type PluginKind = keyof PluginKinds;

export const pluginKinds = [
  "device-type",
  "circuit-family",
  "tokenization-scheme",
  "model-backend",
  "simulator",
  "sizing-optimizer",
] as const satisfies readonly PluginKind[];

/** What core hands to a plugin when it creates something. */
export interface PluginContext {
  readonly logger: Logger;
  /** Seeded from the run's seed and the thing's own name. */
  readonly rng: Rng;
  /** Aborts when the run is stopped. */
  readonly signal: AbortSignal;
  /** A folder that only this thing writes to. */
  readonly workDirectory: string;
  /** Simulations or other jobs that may run at once. */
  readonly workers: number;
  /** Every device type of the run, by name. */
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  /** Another provided thing, for plugins that wrap one. A cycle is an error. */
  use<K extends PluginKind>(kind: K, name: string, options?: unknown): Promise<PluginKinds[K]>;
}

export interface Provided<K extends PluginKind = PluginKind, S extends z.ZodType = z.ZodType> {
  readonly kind: K;
  /** The name that users write in the config. */
  readonly name: string;
  readonly description: string;
  /** Every key needs a default or to be optional: an empty `options:` must be enough. */
  readonly options: S;
  create(options: z.output<S>, context: PluginContext): PluginKinds[K] | Promise<PluginKinds[K]>;
}

export interface Plugin {
  readonly apiVersion: number;
  /** The npm package's name. */
  readonly name: string;
  readonly version: string;
  readonly provides: readonly Provided[];
}
