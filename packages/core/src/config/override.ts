import { parse } from "yaml";
import { TopogenieError } from "../runtime/error.js";

/** One `--set key.path=value` from the command line. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The value is read as YAML: `64`, `true`, `[a, b]`, `text`. */
export function parseOverride(text: string): Override {
  const equals = text.indexOf("=");
  const path = text.slice(0, equals).trim().split(".");
  if (equals < 1 || path.some((key) => key === "")) {
    throw new TopogenieError(
      "OVERRIDE_INVALID",
      `--set ${text}: expected key.path=value, for example --set sizing.options.population=64`,
    );
  }
  if (path.some((key) => key === "__proto__" || key === "constructor" || key === "prototype")) {
    throw new TopogenieError("OVERRIDE_INVALID", `--set ${text}: this key cannot be set.`);
  }
  try {
    return { path, value: parse(text.slice(equals + 1)) };
  } catch (cause) {
    throw new TopogenieError(
      "OVERRIDE_INVALID",
      `--set ${text}: the value is not valid YAML. Quote text that has special characters.`,
      { cause },
    );
  }
}

/** A copy of a config with one value replaced, making the objects on the way. */
export function applyOverride(config: unknown, override: Override): unknown {
  const [key, ...rest] = override.path;
  if (key === undefined) return override.value;
  if (Array.isArray(config) && /^\d+$/.test(key)) {
    const items: unknown[] = [...(config as unknown[])];
    items[Number(key)] = applyOverride(items[Number(key)], { path: rest, value: override.value });
    return items;
  }
  const object =
    typeof config === "object" && config !== null && !Array.isArray(config) ? (config as Record<string, unknown>) : {};
  return { ...object, [key]: applyOverride(object[key], { path: rest, value: override.value }) };
}
