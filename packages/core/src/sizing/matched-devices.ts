import type { Circuit, Device } from "../circuit/circuit.js";
import { portKind } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";
import { symmetryClasses } from "./symmetry-classes.js";
import { differentialPairs } from "./differential-pairs.js";

export interface MatchedDevices {
  /** Devices that share every size: images of each other in a symmetry, exact or (at a single-ended output) nearly so. */
  readonly symmetric: readonly (readonly string[])[];
  /** Devices that share their length alone: one control net, one source net, so that their currents follow their widths. */
  readonly mirrors: readonly (readonly string[])[];
}

/**
 * Finds the devices that a designer would draw alike. Three rules, each sound on its own and joined transitively:
 * exact symmetry ({@link symmetryClasses}), mirrored halves grown from the inputs ({@link differentialPairs}), and
 * current mirrors, which share their length but not their width (Graeb, Analog Design Centering and Sizing, 2007, ch. 4).
 */
export function matchedDevices(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): MatchedDevices {
  const symmetric = [...symmetryClasses(circuit, deviceTypes), ...differentialPairs(circuit, deviceTypes)];
  return { symmetric: joined(symmetric), mirrors: mirrors(circuit, deviceTypes) };
}

/** Merges groups that overlap; groups of one are dropped. */
export function joined(groups: readonly (readonly string[])[]): string[][] {
  const groupOf = new Map<string, Set<string>>();
  for (const group of groups) {
    const merged = new Set<string>();
    for (const member of group) for (const other of groupOf.get(member) ?? [member]) merged.add(other);
    for (const member of merged) groupOf.set(member, merged);
  }
  return [...new Set(groupOf.values())].filter((group) => group.size > 1).map((group) => [...group]);
}

function mirrors(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string[][] {
  const groups = new Map<string, string[]>();
  for (const device of circuit.devices) {
    const control = netOf(device, deviceTypes, "G");
    const source = netOf(device, deviceTypes, "S");
    if (control === undefined || source === undefined || portKind(control) === "VIN") continue;
    const key = JSON.stringify([device.type, control, source]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [device.name]);
    else group.push(device.name);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function netOf(device: Device, deviceTypes: ReadonlyMap<string, DeviceType>, pin: string): string | undefined {
  const index = deviceTypes.get(device.type)?.pins.findIndex((candidate) => candidate.name === pin) ?? -1;
  return index < 0 ? undefined : device.nets[index];
}
