import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** This command's own version. */
export const version = (require("../package.json") as { version: string }).version;

/** Node and every package of the project that the command stands on, with versions. */
export function versions(): Record<string, string> {
  const { dependencies } = require("../package.json") as { dependencies: Record<string, string> };
  const found: Record<string, string> = { node: process.versions.node, topogenie: version };
  for (const name of Object.keys(dependencies)) {
    found[name] = (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")) as { version: string }).version;
  }
  return found;
}
