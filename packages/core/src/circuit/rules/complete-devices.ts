import { unknownDeviceType } from "../netlist/unknown-device-type.js";
import type { ElectricalRule } from "./rule.js";

export const completeDevices: ElectricalRule = {
  name: "complete-devices",
  title: "Every device is of a known type, with each pin on exactly one net",
  check: (circuit, deviceTypes) =>
    circuit.devices.flatMap((device) => {
      const violation = (message: string) => [{ rule: "complete-devices", message, devices: [device.name], nets: [] }];
      const type = deviceTypes.get(device.type);
      if (type === undefined) return violation(`${device.name}: ${unknownDeviceType(device.type, [...deviceTypes.keys()])}`);
      if (device.nets.length !== type.pins.length) {
        const pins = type.pins.map((pin) => pin.name).join(", ");
        return violation(
          `${device.name} is on ${device.nets.length} nets, but a ${type.name} has ${type.pins.length} pins (${pins}): each needs one net.`,
        );
      }
      const open = type.pins.filter((_, index) => device.nets[index] === "").map((pin) => pin.name);
      return open.length === 0 ? [] : violation(`${device.name} has nothing on its ${open.join(" and ")}.`);
    }),
};
