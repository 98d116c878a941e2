import { existsSync } from "node:fs";
import { TopogenieError } from "@topogenie/core";

const names = [
  "topogenie.config.yaml",
  "topogenie.config.yml",
  "topogenie.config.ts",
  "topogenie.config.js",
  "topogenie.config.json",
];

/** The config named, or the one in this folder. */
export function findConfig(given: string | undefined): string {
  if (given !== undefined) return given;
  const found = names.filter((name) => existsSync(name));
  if (found.length > 1) {
    throw new TopogenieError(
      "CONFIG_AMBIGUOUS",
      `This folder has several configs: ${found.join(", ")}. Name one: topogenie discover ${found[0] ?? ""}`,
    );
  }
  if (found[0] === undefined) {
    throw new TopogenieError("CONFIG_MISSING", "This folder has no topogenie.config.yaml. Write one with: topogenie init");
  }
  return found[0];
}
