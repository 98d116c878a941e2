import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { paFamily } from "./family.js";
import { paOptions } from "./options.js";

export { paFamily } from "./family.js";
export { paOptions, type PaOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Power amplifiers: seeds from the field's building blocks, a carrier bench, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-pa",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "pa",
      description: "Power amplifier, linear or switching, single-ended or differential",
      options: paOptions,
      create: (options) => paFamily(options),
    }),
  ],
});
