import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { capacitor } from "./capacitor.js";
import { diode } from "./diode.js";
import { inductor } from "./inductor.js";
import { resistor } from "./resistor.js";

export { capacitor, diode, inductor, resistor };

/** Resistors, capacitors, inductors and diodes. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/devices-passive",
  version: "0.1.0",
  provides: [resistor, capacitor, inductor, diode].map((deviceType) =>
    provide({
      kind: "device-type",
      name: deviceType.name,
      description: deviceType.title,
      options: z.strictObject({}),
      create: () => deviceType,
    }),
  ),
});
