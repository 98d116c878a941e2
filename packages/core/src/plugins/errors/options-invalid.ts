import type { PluginKind } from "../../contracts/plugin.js";
import { TopogenieError } from "../../runtime/error.js";

export function optionsInvalid(kind: PluginKind, name: string, problems: readonly string[]): TopogenieError {
  return new TopogenieError(
    "OPTIONS_INVALID",
    `The options of the ${kind} "${name}" are wrong:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}
