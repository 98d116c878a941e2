import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { comparatorFamily } from "./family.js";
import { comparatorOptions } from "./options.js";

export { comparatorFamily } from "./family.js";
export { comparatorOptions, type ComparatorOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Comparators, clocked and not: seeds from the field's building blocks, a bench of decisions, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-comparator",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "comparator",
      description: "Comparator, clocked or continuous-time",
      options: comparatorOptions,
      create: (options) => comparatorFamily(options),
    }),
  ],
});
