import { isAbsolute } from "node:path";
import { TopogenieError } from "../../runtime/error.js";

/** @param tried what was looked for, the likeliest package name first */
export function pluginMissing(specifier: string, from: string, tried: readonly string[]): TopogenieError {
  if (specifier.startsWith(".") || isAbsolute(specifier)) {
    return new TopogenieError(
      "PLUGIN_MISSING",
      `Plugin "${specifier}", named in ${from}, is not there. Correct the path: it is relative to the folder of that file.`,
    );
  }
  return new TopogenieError(
    "PLUGIN_MISSING",
    `Plugin "${specifier}", named in ${from}, is not installed. Tried ${tried.map((name) => `"${name}"`).join(", ")} from that file's folder. ` +
      `Install it with: npm install ${tried[0] ?? specifier}`,
  );
}
