import type { ResolvedConfig } from "../config/config-schema.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { corpusFamilies } from "./corpus-collection.js";
import { pluginUses } from "./plugin-uses.js";

/** Finds every plugin that the config names and checks its options, so that a mistake is told before hours of work, not after. */
export function checkConfig(host: PluginHost, config: ResolvedConfig): void {
  const families = corpusFamilies(config.corpus.families);
  for (const { name, options, key } of families) host.check("circuit-family", name, options, key);
  for (const { kind, name, options, key } of Object.values(pluginUses(config))) host.check(kind, name, options, key);
}
