import { TopogenieError } from "@topogenie/core";

const PREFIX = "topogenie-plugin-";

/** What a plugin is called where. */
export interface PluginName {
  /** The npm package. */
  readonly package: string;
  /** What users write under `plugins:`. */
  readonly specifier: string;
  /** What users write where the thing is named. */
  readonly thing: string;
}

/**
 * From what was typed: `x`, `topogenie-plugin-x`, `@org/x` or `@org/topogenie-plugin-x`. Throws `NAME_INVALID`.
 */
export function pluginName(typed: string): PluginName {
  const [, scope = "", bare = ""] = /^(@[^/]*\/)?(.*)$/s.exec(typed) ?? [];
  const thing = bare.startsWith(PREFIX) ? bare.slice(PREFIX.length) : bare;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(thing) || (scope !== "" && !/^@[a-z0-9][a-z0-9._-]*\/$/.test(scope))) {
    throw new TopogenieError(
      "NAME_INVALID",
      `"${typed}" cannot be a plugin's name. Write lower case words joined by hyphens, such as hill-climber or @my-lab/hill-climber.`,
    );
  }
  const name = `${scope}${PREFIX}${thing}`;
  // npm's own limit.
  if (name.length > 214) throw new TopogenieError("NAME_INVALID", `"${name}" is longer than the 214 characters that npm allows.`);
  return { package: name, specifier: `${scope}${thing}`, thing };
}
