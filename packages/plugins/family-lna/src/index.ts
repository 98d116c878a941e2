import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { lnaFamily } from "./family.js";
import { lnaOptions } from "./options.js";

export { lnaFamily } from "./family.js";
export { lnaOptions, type LnaOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Low-noise amplifiers: seeds from the field's building blocks, a small-signal and a compression bench, and what is measured in them. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-lna",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "lna",
      description: "Low-noise amplifier, single-ended or differential",
      options: lnaOptions,
      create: (options) => lnaFamily(options),
    }),
  ],
});
