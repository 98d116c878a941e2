import { portKind, type ElectricalRule } from "@topogenie/core";
import { conductingPins } from "@topogenie/building-blocks";

/** An output that only gates touch says nothing. */
export const outputIsDriven: ElectricalRule = {
  name: "opamp-output-is-driven",
  title: "Every output is touched by a terminal that can give it current",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VOUT")
      .filter((port) =>
        (circuit.nets.get(port) ?? []).every(({ device, pin }) => {
          const type = deviceTypes.get(circuit.devices[device]?.type ?? "");
          return type === undefined || !conductingPins(type).has(pin);
        }),
      )
      .map((port) => ({
        rule: "opamp-output-is-driven",
        message: `No drain, source, collector, emitter or resistor drives output ${port}.`,
        devices: [],
        nets: [port],
      })),
};
