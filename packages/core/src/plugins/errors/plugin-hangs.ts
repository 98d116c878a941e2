import { TopogenieError } from "../../runtime/error.js";

export function pluginHangs(plugin: string, call: string, patienceMs: number): TopogenieError {
  return new TopogenieError("PLUGIN_HANGS", hangingMessage(plugin, call, patienceMs));
}

export function hangingMessage(plugin: string, call: string, patienceMs: number): string {
  return (
    `Plugin ${plugin}, ${call} has not answered for ${Math.round(patienceMs / 100) / 10} s. ` +
    "This is a defect of the plugin: report it there, or use another. The run can be resumed."
  );
}
