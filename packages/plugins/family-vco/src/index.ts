import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { vcoFamily } from "./family.js";
import { vcoOptions } from "./options.js";

export { vcoFamily } from "./family.js";
export { vcoOptions, type VcoOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Voltage-controlled oscillators: seeds from the field's building blocks, a bench that kicks them once, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-vco",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "vco",
      description: "Voltage-controlled oscillator: ring, resonator or relaxation",
      options: vcoOptions,
      create: (options) => vcoFamily(options),
    }),
  ],
});
