import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { npn } from "./npn.js";
import { pnp } from "./pnp.js";

export { npn, pnp };

/** Bipolar transistors as they come with a generic 180 nm process. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/devices-bipolar",
  version: "0.1.0",
  provides: [npn, pnp].map((deviceType) =>
    provide({
      kind: "device-type",
      name: deviceType.name,
      description: deviceType.title,
      options: z.strictObject({}),
      create: () => deviceType,
    }),
  ),
});
