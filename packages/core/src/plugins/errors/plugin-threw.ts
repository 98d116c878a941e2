import { TopogenieError } from "../../runtime/error.js";

/** @param call for example `sizing-optimizer "climb": ask()` */
export function pluginThrew(plugin: string, call: string, cause: unknown): TopogenieError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TopogenieError(
    "PLUGIN_THREW",
    `Plugin ${plugin}, ${call} threw: ${reason}. This is a defect of the plugin: report it there, or use another.`,
    { cause },
  );
}
