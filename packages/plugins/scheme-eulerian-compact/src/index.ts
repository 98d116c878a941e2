import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { CompactScheme } from "./compact-scheme.js";
import { compactOptions } from "./options.js";

export { CompactScheme } from "./compact-scheme.js";
export { compactOptions, type CompactOptions } from "./options.js";

export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/scheme-eulerian-compact",
  version: "0.1.0",
  provides: [
    provide({
      kind: "tokenization-scheme",
      name: "eulerian-compact",
      description:
        "A short closed walk over the pins, without redundant nodes and arcs; finished sentences obey the electrical rules",
      options: compactOptions,
      create: (options, context) => new CompactScheme(options, context.deviceTypes),
    }),
  ],
});
