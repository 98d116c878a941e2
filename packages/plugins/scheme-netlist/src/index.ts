import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { NetlistScheme } from "./netlist-scheme.js";
import { netlistOptions } from "./options.js";

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
  ],
});
