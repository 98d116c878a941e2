import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The main module of the package in a folder; undefined where the folder holds no package, or none with a main module. */
export function packageEntry(folder: string): string | undefined {
  let manifest: { readonly exports?: unknown; readonly main?: unknown };
  try {
    manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as typeof manifest;
  } catch {
    return undefined;
  }
  const entry = importTarget(manifest.exports) ?? (typeof manifest.main === "string" ? manifest.main : undefined);
  return entry === undefined ? undefined : resolve(folder, entry);
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
