import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** This command's own version. */
export const version = (require("../package.json") as { version: string }).version;

/** Node and every package of the project that the command stands on, with versions. */
export function versions(): Record<string, string> {
  const { dependencies } = require("../package.json") as { dependencies: Record<string, string> };
  const ours = Object.keys(dependencies).filter((name) => name.startsWith("@topogenie/"));
  const found = ours.map((name) => [name, (require(`${name}/package.json`) as { version: string }).version]);
  return { node: process.versions.node, topogenie: version, ...(Object.fromEntries(found) as Record<string, string>) };
}
