import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { currentMirrorFamily } from "./family.js";

const options = z.strictObject({
  supplyVolts: z.number().positive().default(1.8).describe("VDD over VSS"),
  referenceAmperes: z.number().positive().default(20e-6).describe("current that is copied; a second bench doubles it"),
});

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-family-current-mirror",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: "current-mirror",
      description: "Current mirror, sinking or sourcing",
      options,
      create: (chosen) => currentMirrorFamily(chosen),
    }),
  ],
});
