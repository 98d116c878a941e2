import type { ResolvedConfig } from "../config/config-schema.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { corpusFamily } from "./corpus-collection.js";
import { pluginUses } from "./plugin-uses.js";

/** Finds every plugin that the config names and checks its options, so that a mistake is told before hours of work, not after. */
export function checkConfig(host: PluginHost, config: ResolvedConfig): void {
  config.corpus.families.map(corpusFamily).forEach(({ name, options }, index) => {
    host.check("circuit-family", name, options, `corpus.families.${index}`);
  });
  for (const { kind, name, options, key } of Object.values(pluginUses(config))) host.check(kind, name, options, key);
}
