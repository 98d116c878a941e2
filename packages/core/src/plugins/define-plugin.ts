import type { z } from "zod";
import type { Plugin, PluginKind, Provided } from "../contracts/plugin.js";
import { markCopy } from "./core-copy.js";

/**
 * What a plugin module exports as its default. Notes which copy of core it was made with and checks nothing: the host does, so
 * that a wrong plugin is named together with the config that asked for it.
 */
export function definePlugin(plugin: Plugin): Plugin {
  return markCopy(plugin);
}

/** One thing that a plugin provides, with the type of its options taken from its schema. */
export function provide<K extends PluginKind, S extends z.ZodType>(provided: Provided<K, S>): Provided {
  return provided;
}
