import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { pllFamily } from "./family.js";
import { pllOptions } from "./options.js";

export { pllFamily } from "./family.js";
export { pllOptions, type PllOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Phase-locked loops: seeds, a bench with a reference that changes and stops, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-pll",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "pll",
      description: "Phase-locked loop",
      options: pllOptions,
      create: (options) => pllFamily(options),
    }),
  ],
});
