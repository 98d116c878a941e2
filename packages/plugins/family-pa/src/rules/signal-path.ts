import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";
import { outputPorts } from "../bench/signal-ports.js";

/** Power that leaves nowhere, or that no input asks for, is not amplified. */
export const signalPath: ElectricalRule = {
  name: "pa-signal-path",
  title: "There is an output, and every input reaches one through devices",
  check: (circuit, deviceTypes) => {
    const outputs = new Set(outputPorts(circuit));
    if (outputs.size === 0) {
      return [
        { rule: "pa-signal-path", message: "There is no output (VOUT or IOUT) to take power from.", devices: [], nets: [] },
      ];
    }
    return circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter((port) => !signalReaches(circuit, deviceTypes, port, (net) => outputs.has(net)))
      .map((port) => ({
        rule: "pa-signal-path",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      }));
  },
};
