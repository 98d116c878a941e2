import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { resolveModulePath } from "exsolve";
import { pluginMissing } from "./errors/plugin-missing.js";

/**
 * Finds a plugin's module from the folder of the file that names it. `./x` and absolute paths are files;
 * `x` stands for the packages `x`, `topogenie-plugin-x` and `@topogenie/x`; `@org/x` also for `@org/topogenie-plugin-x`.
 * @param folder where the naming file lies
 * @param from how to call the naming file in an error
 */
export function resolvePlugin(specifier: string, folder: string, from: string): string {
  const names = candidates(specifier);
  for (const name of names) {
    const file = resolveModulePath(name, {
      from: pathToFileURL(`${folder}/`),
      try: true,
      extensions: [".js", ".mjs", ".ts"],
      suffixes: ["", "/index"],
    });
    if (file !== undefined) return file;
  }
  throw pluginMissing(specifier, from, names);
}

function candidates(specifier: string): string[] {
  if (specifier.startsWith(".") || isAbsolute(specifier)) return [specifier];
  const scoped = /^(@[^/]+)\/(.+)$/.exec(specifier);
  if (scoped !== null) return [specifier, `${String(scoped[1])}/topogenie-plugin-${String(scoped[2])}`];
  return [`topogenie-plugin-${specifier}`, `@topogenie/${specifier}`, specifier];
}
