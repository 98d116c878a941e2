import type { ResolvedConfig } from "../config/config-schema.js";
import type { PluginUse } from "../plugins/plugin-host.js";

/** What a run makes of plugins, once each. */
export type PluginRole = "scheme" | "backend" | "simulator" | "family" | "optimizer";

/** How the config names them. */
export function pluginUses({
  encode,
  train,
  simulator,
  sizing,
}: Pick<ResolvedConfig, "encode" | "train" | "simulator" | "sizing">): Readonly<Record<PluginRole, PluginUse>> {
  return {
    scheme: { kind: "tokenization-scheme", name: encode.scheme, options: encode.options, key: "encode.scheme" },
    backend: { kind: "model-backend", name: train.backend, options: train.options, key: "train.backend" },
    simulator: { kind: "simulator", name: simulator.engine, options: simulator.options, key: "simulator.engine" },
    family: { kind: "circuit-family", name: sizing.family, options: sizing.familyOptions, key: "sizing.family" },
    optimizer: { kind: "sizing-optimizer", name: sizing.optimizer, options: sizing.options, key: "sizing.optimizer" },
  };
}
