import { sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Says whose a script is by where it lies. */
export class PluginScripts {
  readonly #plugins = new Map<string, string>();

  /** @param home as in {@link ResolvedPlugin} */
  add(home: string, plugin: string): void {
    this.#plugins.set(home, plugin);
  }

  /**
   * The plugin whose own code a script is; undefined also for what plugins depend on.
   * @param url of the script as V8 knows it: of a module the URL, of what jiti has compiled the path
   */
  ownerOf(url: string): string | undefined {
    const path = url.startsWith("file:") ? fileURLToPath(url) : url;
    // The innermost, since a plugin may lie in the folder of another.
    let [innermost, owner] = ["", undefined as string | undefined];
    for (const [home, plugin] of this.#plugins) {
      if (home.length > innermost.length && isWithin(path, home)) [innermost, owner] = [home, plugin];
    }
    return owner;
  }
}

function isWithin(path: string, home: string): boolean {
  if (path === home) return true;
  // Core itself may be there, where the plugin is the package from which it is run.
  return path.startsWith(`${home}${sep}`) && !path.slice(home.length).includes(`${sep}node_modules${sep}`);
}
