import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { BipartiteScheme } from "./bipartite-scheme.js";
import { bipartiteOptions } from "./options.js";

export { BipartiteScheme } from "./bipartite-scheme.js";
export { bipartiteOptions, type BipartiteOptions } from "./options.js";

export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/scheme-bipartite",
  version: "0.1.0",
  provides: [
    provide({
      kind: "tokenization-scheme",
      name: "bipartite",
      description: "A walk over a graph of devices and nets whose edges are pins; finished sentences obey the electrical rules",
      options: bipartiteOptions,
      create: (options, context) => new BipartiteScheme(options, context.deviceTypes),
    }),
  ],
});
