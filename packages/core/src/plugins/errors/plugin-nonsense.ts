import { TopogenieError } from "../../runtime/error.js";

/** @param problem what is wrong with the answer, and what would be right */
export function pluginNonsense(plugin: string, call: string, problem: string): TopogenieError {
  return new TopogenieError(
    "PLUGIN_NONSENSE",
    `Plugin ${plugin}, ${call} answered what the contract does not allow: ${problem}. ` +
      "This is a defect of the plugin: report it there, or use another.",
  );
}
