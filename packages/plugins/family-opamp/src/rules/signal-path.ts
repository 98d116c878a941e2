import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";

/** A signal enters a device at any pin but a bulk and leaves it at those that carry current, or through a capacitor. */
export const signalPath: ElectricalRule = {
  name: "opamp-signal-path",
  title: "Every input reaches an output through devices",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter((port) => !signalReaches(circuit, deviceTypes, port, (net) => portKind(net) === "VOUT" && circuit.isPort(net)))
      .map((port) => ({
        rule: "opamp-signal-path",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      })),
};
