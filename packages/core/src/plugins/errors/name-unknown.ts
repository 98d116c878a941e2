import type { PluginKind } from "../../contracts/plugin.js";
import { TopogenieError } from "../../runtime/error.js";
import { didYouMean } from "../../runtime/nearest.js";

export function nameUnknown(kind: PluginKind, name: string, key: string, known: readonly string[]): TopogenieError {
  return new TopogenieError(
    "NAME_UNKNOWN",
    `${key}: there is no ${kind} named "${name}".${didYouMean(name, known)} ` +
      `Loaded: ${known.length === 0 ? "none" : known.join(", ")}. A plugin that provides it must be listed under "plugins".`,
  );
}
