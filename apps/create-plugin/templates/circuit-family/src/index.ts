import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { currentMirrorFamily } from "./family.js";
import { mirrorOptions } from "./options.js";

export { currentMirrorFamily };

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-plugin-current-mirror",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "current-mirror",
      description: "Current mirror, sinking or sourcing",
      options: mirrorOptions,
      create: (options) => currentMirrorFamily(options),
    }),
  ],
});
