import { portKind, SUPPLY, type ElectricalRule } from "@topogenie/core";

/** The unregulated input is `VDD`, a port `VIN#` of the pass device's own, or both. */
export const inputIsThere: ElectricalRule = {
  name: "ldo-input-is-there",
  title: "There is an unregulated input, VDD or VIN",
  check: (circuit) =>
    circuit.ports.some((port) => port === SUPPLY || portKind(port) === "VIN")
      ? []
      : [
          {
            rule: "ldo-input-is-there",
            message: "Neither VDD nor VIN1 is a port: nothing feeds the regulator.",
            devices: [],
            nets: [],
          },
        ],
};
