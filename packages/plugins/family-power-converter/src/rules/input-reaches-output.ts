import { conductingPins } from "@topogenie/building-blocks";
import { isRail, portKind, type Circuit, type DeviceType, type ElectricalRule } from "@topogenie/core";

/** Energy passes channels, coils, diodes, resistors and capacitors, but no gate. */
export const inputReachesOutput: ElectricalRule = {
  name: "power-converter-input-reaches-output",
  title: "A path for power leads from every input to the output",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VIN" && !powerReachesOutput(circuit, deviceTypes, port))
      .map((port) => ({
        rule: "power-converter-input-reaches-output",
        message: `No path for power leads from input ${port} to an output: gates separate them.`,
        devices: [],
        nets: [port],
      })),
};

function powerReachesOutput(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, input: string): boolean {
  const seen = new Set([input]);
  const queue = [input];
  for (let net = queue.pop(); net !== undefined; net = queue.pop()) {
    if (portKind(net) === "VOUT") return true;
    for (const { device, pin } of circuit.nets.get(net) ?? []) {
      const { type: typeName = "", nets = [] } = circuit.devices[device] ?? {};
      const type = deviceTypes.get(typeName);
      if (type === undefined) continue;
      const through = type.spiceLetter === "c" ? new Set(type.pins.keys()) : conductingPins(type);
      if (!through.has(pin)) continue;
      for (const [index, next] of nets.entries()) {
        if (!through.has(index) || isRail(next) || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return false;
}
