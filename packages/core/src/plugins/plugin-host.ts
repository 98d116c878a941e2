import { join, resolve } from "node:path";
import type { DeviceType } from "../contracts/device-type.js";
import type { Plugin, PluginContext, PluginKind, PluginKinds } from "../contracts/plugin.js";
import { contentDigest } from "../runtime/content-digest.js";
import { Container, token, type Resolver, type Token } from "../runtime/container.js";
import { TopogenieError } from "../runtime/error.js";
import type { Logger } from "../runtime/logger.js";
import { createRng } from "../runtime/rng.js";
import { formatPath, schemaProblems } from "../runtime/schema-problems.js";
import { createFailed } from "./errors/create-failed.js";
import { optionsInvalid } from "./errors/options-invalid.js";
import { warnOfLeftOpen } from "./isolation/left-open.js";
import { isolate } from "./isolation/isolate.js";
import { memoryWatch } from "./isolation/memory-watch.js";
import { defaultPatience, type Patience } from "./isolation/patience.js";
import { Seam } from "./isolation/seam.js";
import { watchdog } from "./isolation/watchdog.js";
import { checkPlugin, loadPlugin, type LoadedPlugin } from "./load-plugin.js";
import { namedPaths } from "./named-paths.js";
import { PluginRegistry } from "./plugin-registry.js";

/** A list of plugins and the file that names them. */
export interface PluginSource {
  readonly specifiers: readonly string[];
  /** Specifiers are resolved from here. */
  readonly folder: string;
  /** How errors call the naming file. */
  readonly file: string;
}

/** A thing of a plugin as a config names it. */
export interface PluginUse {
  readonly kind: PluginKind;
  readonly name: string;
  readonly options: unknown;
  /** Where the config names it, for example `sizing.optimizer`. */
  readonly key: string;
}

export interface HostOptions {
  readonly sources: readonly PluginSource[];
  readonly seed: number;
  readonly workers: number;
  readonly workDirectory: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** How long plugins may take; what is left out is as in {@link defaultPatience}. */
  readonly patience?: Partial<Patience>;
}

/** Loads plugins, makes what the config names, each thing once, and disposes of it. */
export class PluginHost {
  readonly registry: PluginRegistry;
  /** Where the plugins came from: a worker thread loads its own from the same. */
  readonly sources: readonly PluginSource[];
  readonly #container = new Container();
  readonly #options: HostOptions;
  readonly #loaded: readonly LoadedPlugin[];
  readonly #endMemoryWatch: () => void;
  readonly #seams: Seam[] = [];

  private constructor(registry: PluginRegistry, options: HostOptions, loaded: readonly LoadedPlugin[] = []) {
    this.registry = registry;
    this.sources = options.sources;
    this.#options = options;
    this.#loaded = loaded;
    const homes = loaded.map(({ plugin: { name }, home }) => ({ name, home }));
    this.#endMemoryWatch = homes.length === 0 ? () => undefined : memoryWatch.watch(homes, options.logger);
  }

  static async load(options: HostOptions): Promise<PluginHost> {
    const registry = new PluginRegistry();
    const loaded: LoadedPlugin[] = [];
    // A plugin may block already when it is loaded.
    watchdog.watch();
    for (const source of options.sources) {
      for (const specifier of source.specifiers) {
        const found = await loadPlugin(specifier, source.folder, source.file);
        registry.add(found.plugin);
        loaded.push(found);
      }
    }
    return new PluginHost(registry, options, loaded);
  }

  /** A host of plugins that are loaded already, for tests. Throws as {@link load} does when one is malformed. */
  static of(plugins: readonly Plugin[], options: Omit<HostOptions, "sources">): PluginHost {
    const registry = new PluginRegistry();
    for (const plugin of plugins) registry.add(checkPlugin(plugin, plugin.name, "this program"));
    return new PluginHost(registry, { ...options, sources: [] });
  }

  /**
   * The thing of this kind and name, made on first use.
   * @param key where the config names it, for example `sizing.optimizer`; its options stand beside it under `options`
   */
  async create<K extends PluginKind>(kind: K, name: string, options: unknown, key: string): Promise<PluginKinds[K]> {
    return this.#container.resolve(this.#register(kind, name, options, key));
  }

  /** Throws what {@link create} would throw for a wrong name, kind or options, and makes nothing. */
  check(kind: PluginKind, name: string, options: unknown, key: string): void {
    this.#register(kind, name, options, key);
  }

  /**
   * What the files and folders hold that the options of these things name (see `pathOption`): the digest of each by its path. For
   * the keys by which finished work is known again, beside the options themselves.
   */
  async contentsOf(uses: readonly PluginUse[]): Promise<Readonly<Record<string, string>>> {
    const paths = uses.flatMap(({ kind, name, options, key }) =>
      namedPaths(this.registry.find(kind, name, key).provided.options, options),
    );
    const digests: Record<string, string> = {};
    for (const path of new Set(paths)) digests[path] = await contentDigest(resolve(path));
    return digests;
  }

  /** Every device type of every plugin, by name. */
  async deviceTypes(): Promise<ReadonlyMap<string, DeviceType>> {
    const types = new Map<string, DeviceType>();
    for (const name of this.registry.names("device-type")) {
      types.set(name, await this.create("device-type", name, {}, "plugins"));
    }
    return types;
  }

  /** What a thing that was made has asked for with `use`, as `kind name`. */
  needsOf(kind: PluginKind, name: string): readonly string[] {
    return this.#container.needsOf({ id: `${kind} ${name}` });
  }

  /** Disposes of everything that was made, and warns of what a plugin has left behind all the same. */
  async dispose(): Promise<void> {
    await this.#container.dispose();
    this.#endMemoryWatch();
    const { logger } = this.#options;
    const seams = this.#seams.splice(0).map((seam) => seam.warnOfLeaks());
    await Promise.all([...seams, ...this.#loaded.map(({ opener }) => warnOfLeftOpen(opener, logger))]);
  }

  #register<K extends PluginKind>(kind: K, name: string, options: unknown, key: string): Token<PluginKinds[K]> {
    const { provided, plugin } = this.registry.find(kind, name, key);
    const parsed = provided.options.safeParse(options ?? {});
    if (!parsed.success) {
      const at = [...key.split(".").slice(0, -1), "options"];
      const problems = schemaProblems(provided.options, parsed.error, at);
      throw optionsInvalid(
        kind,
        name,
        problems.map((problem) => `${formatPath(problem.path)}: ${problem.message}`),
      );
    }
    const optionsText = JSON.stringify(parsed.data);
    const thing = token<PluginKinds[K]>(optionsText === "{}" ? `${kind} ${name}` : `${kind} ${name} ${optionsText}`);
    if (!this.#container.has(thing)) {
      this.#container.register(thing, async (resolver) => {
        const seam = this.#seam(plugin.name, kind, name);
        const context = await this.#context(kind, name, resolver);
        const made = await seam.answer("create", seam.patience.answerMs, async () => {
          try {
            return await provided.create(parsed.data, context);
          } catch (cause) {
            throw cause instanceof TopogenieError ? cause : createFailed(`${kind} "${name}"`, plugin.name, cause);
          }
        });
        return isolate(kind, made, seam);
      });
    }
    return thing;
  }

  #seam(plugin: string, kind: PluginKind, name: string): Seam {
    const { signal, logger, patience } = this.#options;
    const seam = new Seam({ plugin, kind, name, signal, logger, patience: { ...defaultPatience, ...patience } });
    this.#seams.push(seam);
    return seam;
  }

  async #context(kind: PluginKind, name: string, resolver: Resolver): Promise<PluginContext> {
    const { seed, workers, workDirectory, logger, signal } = this.#options;
    return {
      logger,
      signal,
      workers,
      rng: createRng(seed).fork(kind).fork(name),
      workDirectory: join(workDirectory, `${kind}-${name}`),
      // A device type is made before all others, so it sees none.
      deviceTypes: kind === "device-type" ? new Map() : await this.deviceTypes(),
      use: (otherKind, otherName, otherOptions) => {
        return resolver.resolve(this.#register(otherKind, otherName, otherOptions, `${kind} ${name}.use`));
      },
    };
  }
}
