import { conductingPins } from "@topogenie/building-blocks";
import { GROUND_PORT, portKind, SUPPLY, type ElectricalRule } from "@topogenie/core";

/** A series regulator: transistors alone carry the load current from the input to the output. */
export const passPath: ElectricalRule = {
  name: "ldo-pass-path",
  title: "A transistor path leads from the unregulated input to the output",
  check: (circuit, deviceTypes) => {
    const seen = new Set(circuit.ports.filter((port) => port === SUPPLY || portKind(port) === "VIN"));
    const queue = [...seen];
    for (let net = queue.pop(); net !== undefined; net = queue.pop()) {
      for (const { device, pin } of circuit.nets.get(net) ?? []) {
        const { type: name, nets } = circuit.devices[device] ?? { type: "", nets: [] };
        const type = deviceTypes.get(name);
        if (type === undefined || !["m", "q"].includes(type.spiceLetter) || !conductingPins(type).has(pin)) continue;
        for (const other of conductingPins(type)) {
          const next = nets[other] ?? GROUND_PORT;
          if (next === GROUND_PORT || seen.has(next)) continue;
          seen.add(next);
          queue.push(next);
        }
      }
    }
    const outputs = circuit.ports.filter((port) => portKind(port) === "VOUT");
    if (outputs.length === 0 || outputs.some((port) => seen.has(port))) return [];
    const message = "No path through transistors leads from VDD or VIN to the output: there is no pass device.";
    return [{ rule: "ldo-pass-path", message, devices: [], nets: outputs }];
  },
};
