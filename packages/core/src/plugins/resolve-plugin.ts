import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { resolveModulePath } from "exsolve";
import { pluginMissing } from "./errors/plugin-missing.js";
import { packageEntry, packageFolder } from "./package-entry.js";

export interface ResolvedPlugin {
  readonly file: string;
  /** Where its code lies: the folder of its package, or the module alone where it is one of somebody else's package or of none. */
  readonly home: string;
}

/**
 * Finds a plugin's module from the folder of the file that names it. `./x` and absolute paths are modules or folders of packages;
 * `x` stands for the packages `x`, `topogenie-plugin-x` and `@topogenie/x`; `@org/x` also for `@org/topogenie-plugin-x`.
 * @param folder where the naming file lies
 * @param from how to call the naming file in an error
 */
export function resolvePlugin(specifier: string, folder: string, from: string): ResolvedPlugin {
  const found = candidates(specifier).map((name) => {
    const entry = isPath(name) ? packageEntry(resolve(folder, name)) : undefined;
    return { name: entry ?? name, isModule: isPath(name) && entry === undefined };
  });
  for (const { name, isModule } of found) {
    const file = resolveModulePath(name, {
      from: pathToFileURL(`${folder}/`),
      try: true,
      extensions: [".js", ".mjs", ".ts"],
      suffixes: ["", "/index"],
    });
    if (file === undefined) continue;
    return { file, home: (isModule ? undefined : packageFolder(file)) ?? file };
  }
  throw pluginMissing(
    specifier,
    from,
    found.map(({ name }) => name),
  );
}

function candidates(specifier: string): string[] {
  if (isPath(specifier)) return [specifier];
  const scoped = /^(@[^/]+)\/(.+)$/.exec(specifier);
  if (scoped !== null) return [specifier, `${String(scoped[1])}/topogenie-plugin-${String(scoped[2])}`];
  return [`topogenie-plugin-${specifier}`, `@topogenie/${specifier}`, specifier];
}

function isPath(specifier: string): boolean {
  return specifier.startsWith(".") || isAbsolute(specifier);
}
