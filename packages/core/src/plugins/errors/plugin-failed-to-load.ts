import { TopogenieError } from "../../runtime/error.js";

export function pluginFailedToLoad(specifier: string, from: string, file: string, cause: unknown): TopogenieError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TopogenieError(
    "PLUGIN_FAILED_TO_LOAD",
    `Plugin "${specifier}", named in ${from}, could not be loaded from ${file}: ${reason}. Update or rebuild the plugin, or take it out of "plugins".`,
    { cause },
  );
}
