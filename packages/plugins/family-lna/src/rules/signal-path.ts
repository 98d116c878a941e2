import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";

/** An input that no path joins to an output is amplified by nothing. */
export const signalPath: ElectricalRule = {
  name: "lna-signal-path",
  title: "Every input reaches an output through devices",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter((port) => !signalReaches(circuit, deviceTypes, port, (net) => portKind(net) === "VOUT" && circuit.isPort(net)))
      .map((port) => ({
        rule: "lna-signal-path",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      })),
};
