import { TopogenieError } from "../../runtime/error.js";

export function pluginApiVersion(name: string, from: string, found: unknown, supported: number): TopogenieError {
  const remedy =
    typeof found === "number" && found > supported
      ? "Update topogenie"
      : `Install a version of ${name} made for apiVersion ${supported}`;
  return new TopogenieError(
    "PLUGIN_API_VERSION",
    `Plugin "${name}", named in ${from}, is made for apiVersion ${String(found)}; this Topogenie has apiVersion ${supported}. ${remedy}.`,
  );
}
