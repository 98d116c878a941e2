import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The main module of the package in a folder; undefined where the folder holds no package, or none with a main module. */
export function packageEntry(folder: string): string | undefined {
  const manifest = readManifest(folder);
  if (manifest === undefined) return undefined;
  const entry = importTarget(manifest.exports) ?? (typeof manifest.main === "string" ? manifest.main : undefined);
  return entry === undefined ? undefined : resolve(folder, entry);
}

/** The folder of the package to which a module belongs; undefined where it belongs to none. */
export function packageFolder(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    // One without a name only says how the modules beneath it are written.
    if (readManifest(folder)?.name !== undefined) return folder;
  }
  return undefined;
}

interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly main?: unknown;
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

/** What `import` of the package itself leads to (Node.js, "Packages": conditional exports, in their order). */
function importTarget(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  if ("." in exports) return importTarget(exports["."]);
  for (const [condition, target] of Object.entries(exports)) {
    if (["node", "import", "default"].includes(condition)) return importTarget(target);
  }
  return undefined;
}
