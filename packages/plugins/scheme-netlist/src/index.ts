import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { AdjacencyScheme } from "./adjacency/adjacency-scheme.js";
import { adjacencyOptions } from "./adjacency/options.js";
import { NetlistScheme } from "./netlist-scheme.js";
import { netlistOptions } from "./options.js";

export { AdjacencyScheme } from "./adjacency/adjacency-scheme.js";
export { adjacencyOptions, type AdjacencyOptions } from "./adjacency/options.js";
export { NetlistScheme } from "./netlist-scheme.js";
export { netlistOptions, type NetlistOptions } from "./options.js";

export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/scheme-netlist",
  version: "0.1.0",
  provides: [
    provide({
      kind: "tokenization-scheme",
      name: "netlist",
      description: "One device after another with its nets; every finished sentence obeys the electrical rules",
      options: netlistOptions,
      create: (options, context) => new NetlistScheme(options, context.deviceTypes),
    }),
    provide({
      kind: "tokenization-scheme",
      name: "adjacency",
      description:
        "The adjacency matrix row by row, devices in breadth-first order, as graph-autoregressive generators write graphs; legal as netlist is",
      options: adjacencyOptions,
      create: (options, context) => new AdjacencyScheme(options, context.deviceTypes),
    }),
  ],
});
