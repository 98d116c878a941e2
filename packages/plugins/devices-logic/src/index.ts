import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { inverter } from "./inverter.js";
import { pfd } from "./pfd.js";
import { transmissionGate } from "./transmission-gate.js";
import { xor } from "./xor.js";

export { inverter, pfd, transmissionGate, xor };

/** Logic blocks that mixed-signal circuits use as one device. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/devices-logic",
  version: "0.1.0",
  provides: [xor, pfd, inverter, transmissionGate].map((deviceType) =>
    provide({
      kind: "device-type",
      name: deviceType.name,
      description: deviceType.title,
      options: z.strictObject({}),
      create: () => deviceType,
    }),
  ),
});
