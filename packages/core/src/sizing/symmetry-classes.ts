import type { Circuit } from "../circuit/circuit.js";
import type { DeviceType } from "../contracts/device-type.js";
import { exchangeableKind } from "./exchangeable-ports.js";

/**
 * Devices that no rule of the graph tells apart: the stable partition of colour refinement (Weisfeiler and Leman 1968)
 * of the graph of devices and nets, in which `VIN1` and `VIN2` begin alike and so do `VOUT1` and `VOUT2`. Devices that an
 * automorphism exchanges are always in one class. Groups of one are left out.
 */
export function symmetryClasses(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string[][] {
  const pinClasses = new Map([...deviceTypes].map(([name, type]) => [name, interchangeClasses(type)]));
  let nets = new Map([...circuit.nets.keys()].map((net) => [net, circuit.isPort(net) ? exchangeableKind(net) : ""]));
  let devices: string[] = circuit.devices.map((device) => device.type);
  let classes = 0;
  for (;;) {
    const nextDevices = numbered(
      circuit.devices.map((device, index) => {
        const pinClass = pinClasses.get(device.type) ?? [];
        const touches = device.nets.map((net, pin) => `${pinClass[pin] ?? pin}:${nets.get(net) ?? ""}`);
        return `${devices[index] ?? ""}|${touches.sort().join(",")}`;
      }),
      "d",
    );
    const names = [...nets.keys()];
    const nextNets = numbered(
      names.map((net) => {
        const pins = (circuit.nets.get(net) ?? []).map(({ device, pin }) => {
          const pinClass = pinClasses.get(circuit.devices[device]?.type ?? "")?.[pin] ?? pin;
          return `${pinClass}:${nextDevices[device] ?? ""}`;
        });
        return `${nets.get(net) ?? ""}|${pins.sort().join(",")}`;
      }),
      "n",
    );
    nets = new Map(names.map((net, index) => [net, nextNets[index] ?? ""]));
    devices = nextDevices;
    const found = new Set(nextDevices).size + new Set(nextNets).size;
    if (found === classes) break;
    classes = found;
  }
  const groups = new Map<string, string[]>();
  circuit.devices.forEach((device, index) => {
    const colour = devices[index] ?? "";
    groups.set(colour, [...(groups.get(colour) ?? []), device.name]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}

/** For each pin the first pin that it may be exchanged with, itself included. */
export function interchangeClasses(type: DeviceType): number[] {
  return type.pins.map((pin, index) => {
    const group = type.interchangeablePins.find((names) => names.includes(pin.name));
    return group === undefined ? index : type.pins.findIndex((other) => group.includes(other.name));
  });
}

/** Short names for long colours, so that they do not grow with every round. */
function numbered(colours: readonly string[], prefix: string): string[] {
  const numbers = new Map<string, string>();
  return colours.map((colour) => {
    const known = numbers.get(colour) ?? `${prefix}${numbers.size}`;
    numbers.set(colour, known);
    return known;
  });
}
