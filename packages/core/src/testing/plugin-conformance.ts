import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ModelBackend } from "../contracts/model-backend.js";
import { pluginKinds, type Plugin, type PluginKind, type PluginKinds } from "../contracts/plugin.js";
import type { Simulator } from "../contracts/simulator.js";
import { PluginHost } from "../plugins/plugin-host.js";
import { silentLogger } from "../runtime/logger.js";
import { circuitFamilyConformance } from "./circuit-family-conformance.js";
import type { ConformanceCheck } from "./conformance-check.js";
import { deviceTypeConformance } from "./device-type-conformance.js";
import { exampleDevices } from "./example-devices.js";
import { modelBackendConformance } from "./model-backend-conformance.js";
import { simulatorConformance } from "./simulator-conformance.js";
import { sizingOptimizerConformance } from "./sizing-optimizer-conformance.js";
import { commonSource, differentialPair, ladder } from "./tokenization-scheme/example-circuits.js";
import { tokenizationSchemeConformance } from "./tokenization-scheme-conformance.js";

/** One thing that a plugin provides, and what is to be checked of it. */
export interface ProvidedConformance {
  readonly kind: PluginKind;
  readonly name: string;
  /** What it says that it can do; undefined for kinds that have no capabilities. */
  readonly capabilities: object | undefined;
  /** Other provided things that it asks for, as `kind name`. */
  readonly needs: readonly string[];
  readonly checks: readonly ConformanceCheck[];
}

/**
 * Everything that a plugin promises, made and guarded by the host with default options, as a run would.
 *
 * @param beside plugins that it needs; device types of tests are added when there are none
 * Throws what the host throws when the plugin is malformed or cannot make what it provides.
 */
export async function pluginConformance(plugin: Plugin, beside: readonly Plugin[] = []): Promise<readonly ConformanceCheck[]> {
  return (await providedConformance(plugin, beside)).flatMap(({ checks }) => checks);
}

/** As {@link pluginConformance}, one by one, with what each thing can do and needs. */
export async function providedConformance(
  plugin: Plugin,
  beside: readonly Plugin[] = [],
): Promise<readonly ProvidedConformance[]> {
  const found: ProvidedConformance[] = [];
  for (const kind of pluginKinds) {
    for (const { name } of plugin.provides.filter((provided) => provided.kind === kind)) {
      const workshop = new Workshop(plugin, beside);
      const { thing, host } = await workshop.make(kind, name);
      const capabilities = "capabilities" in thing ? thing.capabilities() : undefined;
      found.push({ kind, name, capabilities, needs: host.needsOf(kind, name), checks: await suites[kind](workshop, name) });
    }
  }
  return found;
}

/** Makes the same thing as often as a suite asks for one. */
class Workshop {
  readonly #plugins: readonly Plugin[];

  constructor(plugin: Plugin, beside: readonly Plugin[]) {
    const all = [...beside.filter(({ name }) => name !== plugin.name), plugin];
    const hasTypes = all.some(({ provides }) => provides.some(({ kind, name }) => kind === "device-type" && name === "nmos4"));
    this.#plugins = hasTypes ? all : [exampleDevices, ...all];
  }

  async make<K extends PluginKind>(
    kind: K,
    name: string,
  ): Promise<{ readonly thing: PluginKinds[K]; readonly host: PluginHost }> {
    const host = PluginHost.of(this.#plugins, {
      seed: 1,
      workers: 1,
      workDirectory: join(tmpdir(), "topogenie"),
      logger: silentLogger,
      signal: new AbortController().signal,
    });
    return { thing: await host.create(kind, name, {}, "conformance"), host };
  }

  /** What holds on to something is put away together with all that it uses. */
  async own<K extends "model-backend" | "simulator">(kind: K, name: string): Promise<PluginKinds[K]> {
    const { thing, host } = await this.make(kind, name);
    const made: ModelBackend | Simulator = thing;
    const dispose = async (): Promise<void> => {
      await made.dispose();
      await host.dispose();
    };
    return { ...thing, dispose };
  }
}

const suites: Readonly<
  Record<PluginKind, (workshop: Workshop, name: string) => readonly ConformanceCheck[] | Promise<readonly ConformanceCheck[]>>
> = {
  "device-type": async (workshop, name) => deviceTypeConformance((await workshop.make("device-type", name)).thing),
  "circuit-family": async (workshop, name) => {
    const { thing, host } = await workshop.make("circuit-family", name);
    return circuitFamilyConformance(thing, await host.deviceTypes());
  },
  "tokenization-scheme": async (workshop, name) => {
    const { thing, host } = await workshop.make("tokenization-scheme", name);
    return tokenizationSchemeConformance(thing, [commonSource, differentialPair, ladder(4)], await host.deviceTypes());
  },
  "model-backend": (workshop, name) => modelBackendConformance(() => workshop.own("model-backend", name)),
  simulator: (workshop, name) => simulatorConformance(() => workshop.own("simulator", name)),
  "sizing-optimizer": async (workshop, name) => {
    const { thing } = await workshop.make("sizing-optimizer", name);
    return sizingOptimizerConformance(() => thing);
  },
};
