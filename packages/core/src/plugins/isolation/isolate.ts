import type { PluginKind, PluginKinds } from "../../contracts/plugin.js";
import { isolatedCircuitFamily } from "./isolated-circuit-family.js";
import { isolatedDeviceType } from "./isolated-device-type.js";
import { isolatedModelBackend } from "./isolated-model-backend.js";
import { isolatedSimulator } from "./isolated-simulator.js";
import { isolatedSizingOptimizer } from "./isolated-sizing-optimizer.js";
import { isolatedTokenizationScheme } from "./isolated-tokenization-scheme.js";
import type { Seam } from "./seam.js";
import { isObject } from "./shape.js";

const isolating: { readonly [K in PluginKind]: (thing: PluginKinds[K], seam: Seam) => PluginKinds[K] } = {
  "device-type": isolatedDeviceType,
  "circuit-family": isolatedCircuitFamily,
  "tokenization-scheme": isolatedTokenizationScheme,
  "model-backend": isolatedModelBackend,
  simulator: isolatedSimulator,
  "sizing-optimizer": isolatedSizingOptimizer,
};

/** What a plugin made, behind its seam. What has a `dispose` beyond its contract keeps it. */
export function isolate<K extends PluginKind>(kind: K, thing: unknown, seam: Seam): PluginKinds[K] {
  seam.expect(isObject(thing), "create", () => `a ${kind} is expected, not ${String(thing)}`);
  const isolated = isolating[kind](thing as unknown as PluginKinds[K], seam);
  const { dispose } = thing;
  if (typeof dispose !== "function" || "dispose" in isolated) return isolated;
  return Object.assign(isolated, { dispose: () => seam.dispose("dispose", () => dispose.call(thing) as unknown) });
}
