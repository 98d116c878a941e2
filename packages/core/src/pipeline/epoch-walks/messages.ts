import type { ResolvedConfig } from "../../config/config-schema.js";
import type { PluginSource } from "../../plugins/plugin-host.js";

/** What the worker needs to draw the same walks as the encode stage. */
export interface EpochWalksSetup {
  readonly plugins: readonly PluginSource[];
  readonly config: Pick<ResolvedConfig, "encode" | "seed">;
  readonly workDirectory: string;
  /** Files of the corpus and encode stages. */
  readonly circuits: string;
  readonly split: string;
  readonly vocabulary: string;
}

/** To the worker: the epoch whose walks are wanted. */
export type EpochRequest = number;

/** From the worker. Sentences lie one after another in `ids`; `offsets` says where each begins, and the end of the last. */
export type EpochAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "epoch"; readonly epoch: number; readonly ids: Int32Array; readonly offsets: Uint32Array }
  | { readonly kind: "failed"; readonly reason: string };
