import type { PluginKind } from "../../contracts/plugin.js";
import { TopogenieError } from "../../runtime/error.js";

export function pluginDuplicate(kind: PluginKind, name: string, first: string, second: string): TopogenieError {
  return new TopogenieError(
    "PLUGIN_DUPLICATE",
    `Two plugins provide the ${kind} "${name}": ${first} and ${second}. Take one of them out of "plugins".`,
  );
}
