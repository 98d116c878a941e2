import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { nmos4 } from "./nmos4.js";
import { pmos4 } from "./pmos4.js";

export { nmos4, pmos4 };

/** MOS transistors of a generic 180 nm process. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/devices-mos",
  version: "0.1.0",
  provides: [nmos4, pmos4].map((deviceType) =>
    provide({
      kind: "device-type",
      name: deviceType.name,
      description: deviceType.title,
      options: z.strictObject({}),
      create: () => deviceType,
    }),
  ),
});
