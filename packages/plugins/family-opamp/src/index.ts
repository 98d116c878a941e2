import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { opampFamily } from "./family.js";
import { opampOptions } from "./options.js";

export { opampFamily } from "./family.js";
export { opampOptions, type OpampOptions } from "./options.js";
export { seeds } from "./seeds.js";

/** Operational amplifiers: seeds from the field's building blocks, an open-loop bench, and what is measured in it. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/family-opamp",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "opamp",
      description: "Operational amplifier, single-ended or fully differential",
      options: opampOptions,
      create: (options) => opampFamily(options),
    }),
  ],
});
