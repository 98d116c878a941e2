import type { ElectricalRule } from "./rule.js";

/** A port is a net, so two ports can never share one; what remains is that a device touches each of them. */
export const portsConnected: ElectricalRule = {
  name: "ports-connected",
  title: "Every port touches a device",
  check: (circuit) =>
    circuit.ports
      .filter((port) => circuit.nets.get(port)?.length === 0)
      .map((port) => ({ rule: "ports-connected", message: `Port ${port} touches no device.`, devices: [], nets: [port] })),
};
