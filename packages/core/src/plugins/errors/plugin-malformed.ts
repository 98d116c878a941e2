import { TopogenieError } from "../../runtime/error.js";

export function pluginMalformed(specifier: string, from: string, reason: string): TopogenieError {
  return new TopogenieError(
    "PLUGIN_MALFORMED",
    `"${specifier}", named in ${from}, is not a Topogenie plugin: ${reason}. ` +
      "Its module must default-export definePlugin({ apiVersion, name, version, provides }).",
  );
}
