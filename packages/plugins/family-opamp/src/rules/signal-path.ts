import { isRail, portKind, type Circuit, type DeviceType, type ElectricalRule } from "@topogenie/core";
import { conductingPins, controlPins } from "./control-pins.js";

/** A signal enters a device at any pin but a bulk and leaves it at those that carry current, or through a capacitor. */
export const signalPath: ElectricalRule = {
  name: "opamp-signal-path",
  title: "Every input reaches an output through devices",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter((port) => !reachesAnOutput(circuit, deviceTypes, port))
      .map((port) => ({
        rule: "opamp-signal-path",
        message: `No path through devices leads from input ${port} to an output.`,
        devices: [],
        nets: [port],
      })),
};

function reachesAnOutput(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, input: string): boolean {
  const seen = new Set([input]);
  const queue = [input];
  for (let net = queue.pop(); net !== undefined; net = queue.pop()) {
    if (portKind(net) === "VOUT" && circuit.isPort(net)) return true;
    for (const { device, pin } of circuit.nets.get(net) ?? []) {
      const { type: typeName, nets } = circuit.devices[device] ?? { type: "", nets: [] };
      const type = deviceTypes.get(typeName);
      if (type === undefined) continue;
      const through = throughPins(type);
      if (!through.has(pin) && !controlPins(type).has(pin) && !isLogic(type)) continue;
      for (const [index, next] of nets.entries()) {
        if (!(through.has(index) || isLogic(type)) || isRail(next) || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return false;
}

function throughPins(type: DeviceType): ReadonlySet<number> {
  return type.spiceLetter === "c" ? new Set(type.pins.keys()) : conductingPins(type);
}

function isLogic(type: DeviceType): boolean {
  return type.spiceLetter === "x";
}
