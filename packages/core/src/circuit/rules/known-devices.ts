import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit, Device } from "../circuit.js";

export interface KnownDevice {
  readonly device: Device;
  readonly type: DeviceType;
  /** Pairs of places in {@link Device.nets} between which a direct current can flow. */
  readonly conduction: readonly (readonly [number, number])[];
}

/** Devices of a known type with the right number of nets; the others are for the rule `complete-devices` alone. */
export function knownDevices(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): readonly KnownDevice[] {
  return circuit.devices.flatMap((device) => {
    const type = deviceTypes.get(device.type);
    return type?.pins.length === device.nets.length ? [{ device, type, conduction: conductionOf(type) }] : [];
  });
}

const cache = new WeakMap<DeviceType, readonly (readonly [number, number])[]>();

export function conductionOf(type: DeviceType): readonly (readonly [number, number])[] {
  let pairs = cache.get(type);
  if (pairs === undefined) {
    const place = (pin: string): number => type.pins.findIndex((candidate) => candidate.name === pin);
    pairs = type.conduction.map(([from, to]) => [place(from), place(to)] as const);
    cache.set(type, pairs);
  }
  return pairs;
}

/** Which pin of a MOS transistor (SPICE letter m) is its gate and which its bulk: SPICE fixes the order D, G, S, B. */
export const mosGate = 1;
export const mosBulk = 3;
