import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { powerConverterFamily } from "./family.js";
import { powerConverterOptions } from "./options.js";

export { powerConverterFamily } from "./family.js";
export { powerConverterOptions, type PowerConverterOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Power converters, inductive and with switched capacitors: seeds, a bench in steady state, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-power-converter",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "power-converter",
      description: "Power converter, inductive or with switched capacitors",
      options: powerConverterOptions,
      create: (options) => powerConverterFamily(options),
    }),
  ],
});
