import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { EulerianScheme } from "./eulerian-scheme.js";
import { eulerianOptions } from "./options.js";

export { EulerianScheme } from "./eulerian-scheme.js";
export { eulerianOptions, type EulerianOptions } from "./options.js";

export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/tokenizer",
  version: "0.1.0",
  provides: [
    provide({
      kind: "tokenization-scheme",
      name: "eulerian",
      description: "A closed Eulerian walk over the pins, from VSS to VSS, as AnalogGenie's",
      options: eulerianOptions,
      create: (options, context) => new EulerianScheme(options, context.deviceTypes),
    }),
  ],
});
