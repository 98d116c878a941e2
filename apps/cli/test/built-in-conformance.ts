import { TopogenieError, type Plugin, type PluginKind } from "@topogenie/core";
import { providedConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { builtInPlugins } from "../src/built-in-plugins.js";

/** What a thing says that cannot be made where another program or library is not installed. */
const notInstalled = new Set(["NGSPICE_NOT_FOUND", "MODEL_ENGINE_MISSING"]);

/** Every plugin that comes with the command, imported here: the command's own way of loading would make a second copy of core. */
export async function builtIns(): Promise<readonly Plugin[]> {
  const imported = builtInPlugins.specifiers.map((specifier) => import(specifier) as Promise<{ readonly default: Plugin }>);
  return (await Promise.all(imported)).map(({ default: plugin }) => plugin);
}

/** The promises of everything of a kind that comes with the command, made as a run makes it: none can be left out. */
export async function checkBuiltIns(kind: PluginKind): Promise<void> {
  const plugins = await builtIns();
  for (const plugin of plugins) {
    for (const provided of plugin.provides.filter((thing) => thing.kind === kind)) {
      // One by one, since one may need what is not installed, and beside all others as in a run.
      const alone = { ...plugin, provides: [provided] };
      const rest = {
        ...plugin,
        name: `the rest of ${plugin.name}`,
        provides: plugin.provides.filter((thing) => thing !== provided),
      };
      const beside = [...plugins.filter((other) => other !== plugin), rest];
      describe(`${kind} "${provided.name}" of ${plugin.name} keeps its promises`, async () => {
        try {
          const [thing] = await providedConformance(alone, beside);
          for (const { name, run } of thing?.checks ?? []) it(name, run, 120_000);
        } catch (error) {
          if (!(error instanceof TopogenieError) || !notInstalled.has(error.code)) throw error;
          it.skip(error.message);
        }
      });
    }
  }
}
