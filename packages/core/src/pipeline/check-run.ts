import type { LoadedConfig } from "../config/load-config.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { checkModelMapping, loadModels } from "../spice/model-library/index.js";
import { checkConditions } from "./check-conditions.js";
import { checkConfig } from "./check-config.js";
import { checkStartingPoint, findStartingPoint } from "./starting-point.js";

/** Throws whatever a config deserves that can be known before any work: of its plugins, their options, and what it begins from. */
export async function checkRun(host: PluginHost, { config, folder }: LoadedConfig): Promise<void> {
  checkConfig(host, config);
  const { encode } = config;
  const scheme = await host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
  checkConditions(scheme, config);
  checkStartingPoint(await findStartingPoint(config, folder), config, scheme);
  checkModelMapping(await loadModels(config.models, folder), await host.deviceTypes());
}
