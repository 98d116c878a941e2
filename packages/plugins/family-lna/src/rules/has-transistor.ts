import type { ElectricalRule } from "@topogenie/core";

/** Power gain needs something that takes it from the supply. */
export const hasTransistor: ElectricalRule = {
  name: "lna-has-transistor",
  title: "At least one transistor amplifies",
  check: (circuit, deviceTypes) =>
    circuit.devices.some(({ type }) => ["m", "q"].includes(deviceTypes.get(type)?.spiceLetter ?? ""))
      ? []
      : [
          {
            rule: "lna-has-transistor",
            message: "The circuit has no transistor, so it amplifies nothing.",
            devices: [],
            nets: [],
          },
        ],
};
