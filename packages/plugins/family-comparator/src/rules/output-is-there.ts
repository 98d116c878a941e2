import { portKind, type ElectricalRule } from "@topogenie/core";

export const outputIsThere: ElectricalRule = {
  name: "comparator-output-is-there",
  title: "There is an output, VOUT or LOGICQ",
  check: (circuit) =>
    circuit.ports.some((port) => ["VOUT", "LOGICQ"].includes(portKind(port)))
      ? []
      : [
          {
            rule: "comparator-output-is-there",
            message: "Neither VOUT1 nor LOGICQ1 is a port: the decision is not given out.",
            devices: [],
            nets: [],
          },
        ],
};
