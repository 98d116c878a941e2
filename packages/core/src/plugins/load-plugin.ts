import { createJiti } from "jiti";
import { z } from "zod";
import { API_VERSION, pluginKinds, type Plugin } from "../contracts/plugin.js";
import { foreignCopy, ownCopy } from "./core-copy.js";
import { pluginApiVersion } from "./errors/plugin-api-version.js";
import { pluginCoreCopy } from "./errors/plugin-core-copy.js";
import { pluginFailedToLoad } from "./errors/plugin-failed-to-load.js";
import { pluginMalformed } from "./errors/plugin-malformed.js";
import { pluginZodVersion } from "./errors/plugin-zod-version.js";
import { openResources, type Opener } from "./isolation/open-resources.js";
import { resolvePlugin } from "./resolve-plugin.js";

const pluginShape = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  provides: z.array(
    z.object({
      kind: z.enum(pluginKinds),
      name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "a name is letters, digits, - and _"),
      description: z.string(),
      options: z.custom<z.ZodType>(isZodSchema, "must be a zod 4 schema"),
      create: z.custom<unknown>((value) => typeof value === "function", "must be a function"),
    }),
  ),
});

export interface LoadedPlugin {
  readonly plugin: Plugin;
  readonly file: string;
  /** Where its code lies: the folder of its package, or the file itself. */
  readonly home: string;
  /** Of whatever its modules open while they are loaded. */
  readonly opener: Opener;
}

/** Finds, loads and checks one plugin. Every way in which that can fail is an error that says what to do. */
export async function loadPlugin(specifier: string, folder: string, from: string): Promise<LoadedPlugin> {
  const { file, home } = resolvePlugin(specifier, folder, from);
  const opener = { opener: `Plugin ${specifier} (when it is loaded)` };
  let exported: unknown;
  try {
    const jiti = createJiti(import.meta.url, { tryNative: true, interopDefault: false });
    const loaded = await openResources.by(opener, () => jiti.import<{ default?: unknown }>(file));
    exported = loaded.default;
  } catch (cause) {
    throw pluginFailedToLoad(specifier, from, file, cause);
  }
  return { plugin: checkPlugin(exported, specifier, from), file, home, opener };
}

export function checkPlugin(exported: unknown, specifier: string, from: string): Plugin {
  if (typeof exported !== "object" || exported === null)
    throw pluginMalformed(specifier, from, "it has no default export that is an object");
  const { apiVersion } = exported as Partial<Plugin>;
  if (apiVersion !== API_VERSION) {
    const name = (exported as Partial<Plugin>).name;
    if (apiVersion === undefined) throw pluginMalformed(specifier, from, "it says no apiVersion");
    throw pluginApiVersion(typeof name === "string" ? name : specifier, from, apiVersion, API_VERSION);
  }
  const copy = foreignCopy(exported);
  if (copy !== undefined) throw pluginCoreCopy(specifier, from, copy, ownCopy);
  refuseOtherZod(exported, specifier, from);
  const checked = pluginShape.safeParse(exported);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw pluginMalformed(specifier, from, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  return exported as Plugin;
}

/** A schema of zod 3, whatever copy of it: `_def` without the `_zod` of zod 4. */
function refuseOtherZod({ provides }: Partial<Plugin>, specifier: string, from: string): void {
  if (!Array.isArray(provides)) return;
  for (const [index, provided] of (provides as readonly unknown[]).entries()) {
    const options = (provided as { readonly options?: unknown } | null)?.options;
    if (typeof options !== "object" || options === null || isZodSchema(options)) continue;
    if ("_def" in options) throw pluginZodVersion(specifier, from, `provides.${index}.options`, "zod 3");
  }
}

function isZodSchema(value: unknown): boolean {
  return typeof value === "object" && value !== null && "_zod" in value && "safeParse" in value;
}
