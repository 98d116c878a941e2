import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";

/** What the output is held to. */
export const referencePath: ElectricalRule = {
  name: "ldo-reference-path",
  title: "The reference reaches the output through devices",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VREF")
      .filter((port) => !signalReaches(circuit, deviceTypes, port, (net) => portKind(net) === "VOUT" && circuit.isPort(net)))
      .map((port) => ({
        rule: "ldo-reference-path",
        message: `No path through devices leads from ${port} to an output.`,
        devices: [],
        nets: [port],
      })),
};
