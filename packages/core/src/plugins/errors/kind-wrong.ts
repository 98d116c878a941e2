import type { PluginKind } from "../../contracts/plugin.js";
import { TopogenieError } from "../../runtime/error.js";

export function kindWrong(
  wanted: PluginKind,
  name: string,
  key: string,
  actual: readonly PluginKind[],
  known: readonly string[],
): TopogenieError {
  return new TopogenieError(
    "KIND_WRONG",
    `${key}: "${name}" is a ${actual.join(" and a ")}, but a ${wanted} is needed here. Loaded ones: ${known.length === 0 ? "none" : known.join(", ")}.`,
  );
}
