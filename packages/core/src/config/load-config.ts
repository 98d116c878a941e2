import { readFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { createJiti } from "jiti";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { TopogenieError } from "../runtime/error.js";
import { formatPath, schemaProblems } from "../runtime/schema-problems.js";
import { configSchema, type ResolvedConfig } from "./config-schema.js";
import { applyOverride, type Override } from "./override.js";

export interface LoadedConfig<Config = ResolvedConfig> {
  readonly config: Config;
  /** Absolute path. */
  readonly file: string;
  /** Paths and plugins in the config are relative to this folder. */
  readonly folder: string;
}

interface ConfigText {
  readonly value: unknown;
  /** `file:line` of a key, or the file alone. */
  locate(path: readonly PropertyKey[]): string;
}

/**
 * Reads `topogenie.config.yaml` (or `.yml`, `.json`, `.ts`, `.js`), applies overrides and fills in defaults.
 * Throws `CONFIG_MISSING`, `CONFIG_UNREADABLE` or `CONFIG_INVALID` with every problem, its line and the nearest valid key.
 */
export async function loadConfig(file: string, overrides: readonly Override[] = []): Promise<LoadedConfig> {
  return loadConfigOf(configSchema, file, overrides);
}

/** As {@link loadConfig}, for a config file with a schema of its own. */
export async function loadConfigOf<S extends z.ZodType>(
  schema: S,
  file: string,
  overrides: readonly Override[] = [],
): Promise<LoadedConfig<z.output<S>>> {
  const path = resolve(file);
  const text = isCode(path) ? await readCode(path, file) : await readYaml(path, file);
  const value = overrides.reduce(applyOverride, text.value ?? {});
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw configInvalid(schema, file, parsed.error, text, overrides);
  return { config: parsed.data, file: path, folder: dirname(path) };
}

function configInvalid(
  schema: z.ZodType,
  file: string,
  error: z.ZodError,
  text: ConfigText,
  overrides: readonly Override[],
): TopogenieError {
  const lines = schemaProblems(schema, error).map((problem) => {
    const key = formatPath(problem.path);
    const isOverridden = overrides.some((override) => key.startsWith(formatPath(override.path)));
    return `  ${isOverridden ? "--set" : text.locate(problem.path)}: ${key === "" ? "" : `${key}: `}${problem.message}`;
  });
  return new TopogenieError("CONFIG_INVALID", `${file} is not a valid config:\n${lines.join("\n")}`);
}

function isCode(path: string): boolean {
  return [".ts", ".mts", ".js", ".mjs"].includes(extname(path));
}

async function readCode(path: string, file: string): Promise<ConfigText> {
  await readText(path, file);
  try {
    const value = await createJiti(import.meta.url).import(path, { default: true });
    return { value, locate: () => file };
  } catch (cause) {
    throw new TopogenieError(
      "CONFIG_UNREADABLE",
      `${file} could not be run: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

async function readYaml(path: string, file: string): Promise<ConfigText> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(path, file), { lineCounter: lines });
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new TopogenieError(
      "CONFIG_UNREADABLE",
      `${file}:${lines.linePos(problem.pos[0]).line}: not valid YAML: ${problem.message}`,
    );
  }
  return { value: document.toJS(), locate: (keyPath) => locate(document, lines, file, keyPath) };
}

function locate(document: Document, lines: LineCounter, file: string, path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return `${file}:${lines.linePos(node.range[0]).line}`;
  }
  return file;
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new TopogenieError(
      "CONFIG_MISSING",
      `Cannot read the config ${file} (${(cause as NodeJS.ErrnoException).code ?? "unknown error"}). Write one with: topogenie init`,
      { cause },
    );
  }
}
