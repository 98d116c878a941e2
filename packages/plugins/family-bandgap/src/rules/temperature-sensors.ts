import { isRail, type ElectricalRule } from "@topogenie/core";

/**
 * A reference weighs two voltages of opposite temperature coefficients against each other, which takes at least two
 * junctions (or transistors in weak inversion) and a resistor or a third transistor.
 */
export const temperatureSensors: ElectricalRule = {
  name: "bandgap-temperature-sensors",
  title: "At least three transistors, diodes or resistors stand on a rail",
  check: (circuit) => {
    const onRail = circuit.devices.filter(({ type, nets }) => type !== "capacitor" && nets.some(isRail));
    if (onRail.length >= 3) return [];
    const message = `Only ${onRail.length} devices that carry a current touch VDD or VSS: there is nothing to weigh against each other.`;
    return [{ rule: "bandgap-temperature-sensors", message, devices: onRail.map(({ name }) => name), nets: [] }];
  },
};
