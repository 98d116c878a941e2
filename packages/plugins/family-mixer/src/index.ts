import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { mixerFamily } from "./family.js";
import { mixerOptions } from "./options.js";

export { mixerFamily } from "./family.js";
export { mixerOptions, type MixerOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Mixers: seeds from the field's building blocks, a conversion bench, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-mixer",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "mixer",
      description: "Mixer, active or passive, unbalanced to double-balanced",
      options: mixerOptions,
      create: (options) => mixerFamily(options),
    }),
  ],
});
