import { z } from "zod";
import { API_VERSION, type Plugin } from "../contracts/plugin.js";
import { definePlugin, provide } from "../plugins/define-plugin.js";
import { exampleDeviceTypes } from "./tokenization-scheme/example-device-types.js";

/** The device types of the example circuits as a plugin, for a suite that is given none. */
export const exampleDevices: Plugin = definePlugin({
  apiVersion: API_VERSION,
  name: "example-devices",
  version: "0.1.0",
  provides: [...exampleDeviceTypes.values()].map((type) =>
    provide({
      kind: "device-type",
      name: type.name,
      description: type.title,
      options: z.strictObject({}),
      create: () => type,
    }),
  ),
});
