import { dirname, join } from "node:path";
import { configSchema, type ResolvedConfig } from "../config/config-schema.js";
import type { LoadedConfig } from "../config/load-config.js";
import { applyOverride, type Override } from "../config/override.js";
import { readJson } from "../pipeline/read-json.js";
import { TopogenieError } from "../runtime/error.js";
import { formatPath, schemaProblems } from "../runtime/schema-problems.js";

/** The config that a run was done with, as its folder has it. Throws `CONFIG_INVALID` for one of another version. */
export async function configOfRun(path: string, overrides: readonly Override[] = []): Promise<LoadedConfig> {
  const file = join(path, "resolved.json");
  const { config, configFile } = await readJson<{ config: ResolvedConfig; configFile: string }>(file);
  return resolved(overrides.reduce<unknown>(applyOverride, config), file, dirname(configFile));
}

/** Every default, for an evaluation that is told nothing else. */
export function defaultConfig(overrides: readonly Override[] = []): LoadedConfig {
  return resolved(overrides.reduce<unknown>(applyOverride, {}), "--set", process.cwd());
}

function resolved(value: unknown, file: string, folder: string): LoadedConfig {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return { config: parsed.data, file, folder };
  const lines = schemaProblems(configSchema, parsed.error).map(({ path, message }) => `  ${formatPath(path)}: ${message}`);
  throw new TopogenieError("CONFIG_INVALID", `${file} is not a valid config:\n${lines.join("\n")}`);
}
