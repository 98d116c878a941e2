import { pluginKinds, type Plugin, type PluginKind, type Provided } from "../contracts/plugin.js";
import { kindWrong } from "./errors/kind-wrong.js";
import { nameUnknown } from "./errors/name-unknown.js";
import { pluginDuplicate } from "./errors/plugin-duplicate.js";

export interface RegisteredThing {
  readonly provided: Provided;
  readonly plugin: Plugin;
}

/** Everything that the loaded plugins provide, by kind and name. */
export class PluginRegistry {
  readonly #things = new Map<PluginKind, Map<string, RegisteredThing>>(pluginKinds.map((kind) => [kind, new Map()]));
  readonly #plugins = new Map<string, Plugin>();

  get plugins(): readonly Plugin[] {
    return [...this.#plugins.values()];
  }

  /** The same plugin twice is no error; two plugins that provide the same thing are. */
  add(plugin: Plugin): void {
    if (this.#plugins.get(plugin.name) === plugin) return;
    for (const provided of plugin.provides) {
      const ofKind = this.#ofKind(provided.kind);
      const present = ofKind.get(provided.name);
      if (present !== undefined) throw pluginDuplicate(provided.kind, provided.name, label(present.plugin), label(plugin));
      ofKind.set(provided.name, { provided, plugin });
    }
    this.#plugins.set(plugin.name, plugin);
  }

  names(kind: PluginKind): string[] {
    return [...this.#ofKind(kind).keys()].sort();
  }

  /** @param key where the config names it, for the error */
  find(kind: PluginKind, name: string, key: string): RegisteredThing {
    const found = this.#ofKind(kind).get(name);
    if (found !== undefined) return found;
    const otherKinds = pluginKinds.filter((other) => this.#ofKind(other).has(name));
    if (otherKinds.length > 0) throw kindWrong(kind, name, key, otherKinds, this.names(kind));
    throw nameUnknown(kind, name, key, this.names(kind));
  }

  #ofKind(kind: PluginKind): Map<string, RegisteredThing> {
    return this.#things.get(kind) ?? new Map<string, RegisteredThing>();
  }
}

function label(plugin: Plugin): string {
  return `${plugin.name}@${plugin.version}`;
}
