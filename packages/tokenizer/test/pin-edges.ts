import type { Circuit } from "@topogenie/core";
import { deviceTypes } from "./device-types.js";

/**
 * The edges of a circuit's pin graph, written out from its definition, `A B` with A before B: an oracle for small circuits.
 * Devices of a type are numbered in the circuit's order.
 */
export function pinEdges(circuit: Circuit, portPins: "star" | "clique"): Set<string> {
  const edges = new Set<string>();
  const add = (a: string, b: string): void => void edges.add([a, b].sort().join(" "));
  const numbers = new Map<string, number>();
  const pins = circuit.devices.flatMap((device) => {
    const number = (numbers.get(device.type) ?? 0) + 1;
    numbers.set(device.type, number);
    const type = deviceTypes.get(device.type);
    const token = `${type?.tokenPrefix ?? ""}${number}`;
    return device.nets.map((net, pin) => {
      const pinToken = `${token}_${type?.pins[pin]?.name ?? ""}`;
      add(token, pinToken);
      return { pinToken, net };
    });
  });
  for (const { pinToken, net } of pins) {
    if (circuit.isPort(net)) add(pinToken, net);
    for (const other of pins) {
      const joined = other.net === net && other.pinToken !== pinToken;
      if (joined && (portPins === "clique" || !circuit.isPort(net))) add(pinToken, other.pinToken);
    }
  }
  return edges;
}
