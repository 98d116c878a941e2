import { readFileSync } from "node:fs";

interface Manifest {
  readonly version: string;
  readonly templateVersions: Readonly<Record<"zod" | "typescript" | "vitest" | "typesNode", string>>;
}

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;

/** Versions that a new package is pinned to: those that this release was tested with. */
export const versions = { topogenie: manifest.version, ...manifest.templateVersions };
