import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";
import { inputKinds, outputKinds } from "../bench/logic-bench.js";

export const inputsReachOutputs: ElectricalRule = {
  name: "cmos-logic-inputs-reach-outputs",
  title: "Every input reaches an output through devices",
  check: (circuit, deviceTypes) => {
    const isOutput = (net: string): boolean => circuit.isPort(net) && (outputKinds as readonly string[]).includes(portKind(net));
    const clocks = new Set(circuit.ports.filter((port) => portKind(port) === "VCLK"));
    return circuit.ports
      .filter((port) => (inputKinds as readonly string[]).includes(portKind(port)))
      .filter((port) => !signalReaches(circuit, deviceTypes, port, isOutput, clocks))
      .map((port) => ({
        rule: "cmos-logic-inputs-reach-outputs",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      }));
  },
};
