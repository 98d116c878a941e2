import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { bandgapFamily } from "./family.js";
import { bandgapOptions } from "./options.js";

export { bandgapFamily } from "./family.js";
export { bandgapOptions, type BandgapOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Bandgap references: seeds from the field's building blocks, benches over temperature and supply, and what is measured in them. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-bandgap",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "bandgap",
      description: "Voltage reference that holds over temperature and supply",
      options: bandgapOptions,
      create: (options) => bandgapFamily(options),
    }),
  ],
});
