import type { ResolvedConfig } from "../config/config-schema.js";
import type { PluginHost } from "../plugins/plugin-host.js";

/** Finds every plugin that the config names and checks its options, so that a mistake is told before hours of work, not after. */
export function checkConfig(host: PluginHost, { corpus, encode, train, simulator, sizing }: ResolvedConfig): void {
  corpus.families.forEach((family, index) => host.check("circuit-family", family, {}, `corpus.families.${index}`));
  host.check("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
  host.check("model-backend", train.backend, train.options, "train.backend");
  host.check("simulator", simulator.engine, simulator.options, "simulator.engine");
  host.check("circuit-family", sizing.family, sizing.familyOptions, "sizing.family");
  host.check("sizing-optimizer", sizing.optimizer, sizing.options, "sizing.optimizer");
}
