import { conductingPins } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";

/** An output that only gates touch says nothing. */
export const outputIsDriven: ElectricalRule = {
  name: "bandgap-output-is-driven",
  title: "The output is touched by a terminal that can give it current",
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
        rule: "bandgap-output-is-driven",
        message: `No drain, source, collector, emitter or resistor drives output ${port}.`,
        devices: [],
        nets: [port],
      })),
};
