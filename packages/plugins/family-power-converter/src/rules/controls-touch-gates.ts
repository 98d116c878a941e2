import { conductingPins } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";

/** A control port that fed the output through a channel, a resistor or a coil would make its driver the converter. */
export const controlsTouchGates: ElectricalRule = {
  name: "power-converter-controls-touch-gates",
  title: "Control ports drive gates, bases or capacitors alone",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => ["VCONT", "VCLK"].includes(portKind(port)))
      .flatMap((port) => {
        const devices = (circuit.nets.get(port) ?? []).flatMap(({ device, pin }) => {
          const { type: typeName = "", name = "" } = circuit.devices[device] ?? {};
          const type = deviceTypes.get(typeName);
          return type !== undefined && conductingPins(type).has(pin) ? [name] : [];
        });
        if (devices.length === 0) return [];
        return [
          {
            rule: "power-converter-controls-touch-gates",
            message: `Control port ${port} conducts into ${devices.join(", ")}; it may only drive gates, bases and capacitors.`,
            devices,
            nets: [port],
          },
        ];
      }),
};
