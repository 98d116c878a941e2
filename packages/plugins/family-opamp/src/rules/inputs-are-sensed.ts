import { portKind, type ElectricalRule } from "@topogenie/core";
import { conductingPins, controlPins } from "@topogenie/building-blocks";

/** A gate or base for most op-amps, a source or emitter for common-gate inputs. */
export const inputsAreSensed: ElectricalRule = {
  name: "opamp-inputs-are-sensed",
  title: "Every input touches a transistor",
  check: (circuit, deviceTypes) =>
    circuit.ports
      .filter((port) => portKind(port) === "VIN")
      .filter(
        (port) =>
          !(circuit.nets.get(port) ?? []).some(({ device, pin }) => {
            const type = deviceTypes.get(circuit.devices[device]?.type ?? "");
            return type !== undefined && (controlPins(type).has(pin) || conductingPins(type).has(pin));
          }),
      )
      .map((port) => ({
        rule: "opamp-inputs-are-sensed",
        message: `Input ${port} touches no gate, base or conducting terminal.`,
        devices: [],
        nets: [port],
      })),
};
