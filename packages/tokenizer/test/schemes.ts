import { EulerianScheme } from "../src/eulerian-scheme.js";
import { eulerianOptions } from "../src/options.js";
import { deviceTypes } from "./device-types.js";

export function scheme(options: Record<string, unknown> = {}): EulerianScheme {
  return new EulerianScheme(eulerianOptions.parse(options), deviceTypes);
}
