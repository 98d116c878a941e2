import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "../contracts/plugin.js";
import type { CoreCopy } from "./errors/plugin-core-copy.js";

/** The same in every copy of core, whatever its version: one copy must be able to see another's mark. */
const MARK = Symbol.for("topogenie.core-copy");

const root = new URL("../../", import.meta.url);

/** This copy of core. */
export const ownCopy: CoreCopy = {
  version: (JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { version: string }).version,
  folder: fileURLToPath(root),
};

/** Marks a plugin with the copy of core whose `definePlugin` it went through. */
export function markCopy(plugin: Plugin): Plugin {
  return Object.defineProperty(plugin, MARK, { value: ownCopy, configurable: true });
}

/**
 * The copy that a plugin was made with, if it is another than this; undefined also for one that bears no mark. The same folder
 * is the same copy, although a test runner may load it twice.
 */
export function foreignCopy(plugin: object): CoreCopy | undefined {
  const mark = (plugin as { readonly [MARK]?: CoreCopy })[MARK];
  return mark?.folder === ownCopy.folder ? undefined : mark;
}
