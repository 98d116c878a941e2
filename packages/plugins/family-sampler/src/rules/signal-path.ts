import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";
import { clockKinds } from "../bench/clock-phases.js";

/** Clocks reach everything, so a path may not lead through them. */
export const signalPath: ElectricalRule = {
  name: "sampler-signal-path",
  title: "Every input reaches an output through devices",
  check: (circuit, deviceTypes) => {
    const blocked = new Set(circuit.ports.filter((port) => (clockKinds as readonly string[]).includes(portKind(port))));
    return circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter(
        (port) => !signalReaches(circuit, deviceTypes, port, (net) => portKind(net) === "VOUT" && circuit.isPort(net), blocked),
      )
      .map((port) => ({
        rule: "sampler-signal-path",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      }));
  },
};
