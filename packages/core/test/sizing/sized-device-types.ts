import type { DeviceParameter, DeviceType } from "../../src/contracts/device-type.js";
import { deviceTypes } from "../fixtures/device-types.js";

const lengths: readonly DeviceParameter[] = [
  { name: "w", title: "Width", unit: "m", minimum: 0.22e-6, maximum: 100e-6, scale: "log", default: 5e-6 },
  { name: "l", title: "Length", unit: "m", minimum: 0.18e-6, maximum: 10e-6, scale: "log", default: 0.5e-6 },
];
const capacitance: DeviceParameter = {
  name: "c",
  title: "Capacitance",
  unit: "F",
  minimum: 1e-14,
  maximum: 1e-10,
  scale: "log",
  default: 1e-12,
};

/** The fixture's device types with sizes to choose. */
export const sizedDeviceTypes: ReadonlyMap<string, DeviceType> = new Map(
  [...deviceTypes].map(([name, type]) => {
    if (name.endsWith("mos4")) {
      return [
        name,
        {
          ...type,
          parameters: lengths,
          toSpice: ({ name, nodes, values }) => [{ kind: "mosfet", name, nodes, model: "card", values }],
        },
      ];
    }
    if (name === "capacitor") {
      return [
        name,
        {
          ...type,
          parameters: [capacitance],
          toSpice: ({ name, nodes, values }) => [{ kind: "capacitor", name, nodes, values }],
        },
      ];
    }
    return [name, type];
  }),
);
