import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { cmosLogicFamily } from "./family.js";
import { cmosLogicOptions } from "./options.js";

export { cmosLogicFamily } from "./family.js";
export { cmosLogicOptions, type CmosLogicOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Logic at transistor level: gates, adders, latches and flip-flops, with a bench that finds the truth table. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-cmos-logic",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "cmos-logic",
      description: "CMOS logic at transistor level",
      options: cmosLogicOptions,
      create: (options) => cmosLogicFamily(options),
    }),
  ],
});
