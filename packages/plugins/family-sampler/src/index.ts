import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { samplerFamily } from "./family.js";
import { samplerOptions } from "./options.js";

export { samplerFamily } from "./family.js";
export { samplerOptions, type SamplerOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Sampling circuits: seeds, a bench with a coherent sine and two clock phases, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-sampler",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "sampler",
      description: "Switched-capacitor sampler",
      options: samplerOptions,
      create: (options) => samplerFamily(options),
    }),
  ],
});
