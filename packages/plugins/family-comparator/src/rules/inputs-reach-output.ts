import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";

const outputs = new Set(["VOUT", "LOGICQ"]);

export const inputsReachOutput: ElectricalRule = {
  name: "comparator-inputs-reach-output",
  title: "Every input reaches an output through devices",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter((port) => !signalReaches(circuit, deviceTypes, port, (net) => outputs.has(portKind(net)) && circuit.isPort(net)))
      .map((port) => ({
        rule: "comparator-inputs-reach-output",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      })),
};
