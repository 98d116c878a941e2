import type { HeapProfiler } from "node:inspector";
import { basename } from "node:path";
import type { PluginScripts } from "./plugin-scripts.js";

/** What a plugin's code, and what it called, has allocated. */
export interface Made {
  readonly bytes: number;
  /** The function of the plugin's with a name in which most of it was, with its file and line. */
  readonly place: string;
}

export interface Sampled {
  /** Of everybody. */
  readonly bytes: number;
  readonly made: ReadonlyMap<string, Made>;
}

/** Whose the sampled bytes are: each sample is that of the nearest function on its stack that is a plugin's own. */
export function madeByPlugins(head: HeapProfiler.SamplingHeapProfileNode, scripts: PluginScripts): Sampled {
  const owners = new Map<string, string | undefined>();
  const bytesByPlace = new Map<string, Map<string, number>>();
  let bytes = 0;
  const visit = (node: HeapProfiler.SamplingHeapProfileNode, plugin?: string, place?: string): void => {
    const { url, functionName, lineNumber } = node.callFrame;
    if (!owners.has(url)) owners.set(url, scripts.ownerOf(url));
    const owner = owners.get(url);
    if (owner !== undefined && (owner !== plugin || functionName !== "")) {
      plugin = owner;
      place = `${functionName === "" ? "a function without a name" : functionName} (${basename(url)}:${lineNumber + 1})`;
    }
    bytes += node.selfSize;
    if (plugin !== undefined && place !== undefined && node.selfSize > 0) {
      const ofPlugin = bytesByPlace.get(plugin) ?? new Map<string, number>();
      bytesByPlace.set(plugin, ofPlugin.set(place, (ofPlugin.get(place) ?? 0) + node.selfSize));
    }
    for (const child of node.children) visit(child, plugin, place);
  };
  visit(head);
  return { bytes, made: new Map([...bytesByPlace].map(([plugin, places]) => [plugin, together(places)])) };
}

function together(places: ReadonlyMap<string, number>): Made {
  const ordered = [...places].sort(([, a], [, b]) => b - a);
  return { bytes: ordered.reduce((sum, [, bytes]) => sum + bytes, 0), place: ordered[0]?.[0] ?? "" };
}
