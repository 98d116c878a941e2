import { type KnownDevice, knownDevices, mosGate } from "./known-devices.js";
import type { ElectricalRule } from "./rule.js";

/**
 * No device has all its conducting terminals on one net; for a device without any, such as a capacitor, all its pins.
 *
 * A MOS transistor with drain and source joined and its gate elsewhere is a capacitor, and is let pass: some 25 of the
 * 3,015 circuits of the AnalogGenie dataset have one on purpose, as the varactor of an oscillator, as a dummy beside a
 * switch, or for decoupling.
 */
export const noShortedDevice: ElectricalRule = {
  name: "no-shorted-device",
  title: "No device is shorted",
  check: (circuit, deviceTypes) =>
    knownDevices(circuit, deviceTypes).flatMap((known) => {
      const net = shortedOn(known);
      if (net === undefined) return [];
      const { device } = known;
      const message = `${device.name} has all the terminals that carry its current on ${net}, so it does nothing.`;
      return [{ rule: "no-shorted-device", message, devices: [device.name], nets: [net] }];
    }),
};

function shortedOn({ device, type, conduction }: KnownDevice): string | undefined {
  const terminals = conduction.length === 0 ? device.nets : conduction.flat().map((pin) => device.nets[pin]);
  const [net] = terminals;
  if (net === undefined || terminals.some((other) => other !== net)) return undefined;
  return type.spiceLetter === "m" && device.nets[mosGate] !== net ? undefined : net;
}
