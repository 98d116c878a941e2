import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { ldoFamily } from "./family.js";
import { ldoOptions } from "./options.js";

export { ldoFamily } from "./family.js";
export { ldoOptions, type LdoOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Low-dropout regulators: seeds from the field's building blocks, static and load-step benches, and what is measured in them. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-ldo",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "ldo",
      description: "Low-dropout regulator with a reference voltage from outside",
      options: ldoOptions,
      create: (options) => ldoFamily(options),
    }),
  ],
});
