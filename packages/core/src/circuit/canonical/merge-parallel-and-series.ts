import type { DeviceType } from "../../contracts/device-type.js";
import { Circuit, type Device } from "../circuit.js";
import { pinClassesOf } from "./pin-classes.js";

/**
 * Merges devices that act as one:
 * in parallel, devices of one type on the same nets (interchangeable pins swapped or not);
 * in series, devices of one type whose other pins are on the same nets, joined end to end by an internal net that nothing
 * else touches. Ends are two interchangeable pins between which a direct current flows, or the two pins of a capacitor:
 * resistors, inductors, capacitors, and stacked MOS transistors with one gate. Diodes and bipolar transistors in series
 * are not one device, because their voltages add.
 *
 * Both steps repeat until nothing changes. The merged device keeps the first one's name and has no values. The result
 * depends on the topology alone. A closed ring of series devices stays as it is.
 */
export function mergeParallelAndSeries(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): Circuit {
  let devices: readonly Device[] = circuit.devices;
  for (;;) {
    const before = devices.length;
    devices = mergeSeries(circuit, mergeParallel(circuit, devices, deviceTypes), deviceTypes);
    if (devices.length === before) break;
  }
  return new Circuit({ name: circuit.name, devices, ports: circuit.ports });
}

function mergeParallel(
  circuit: Circuit,
  devices: readonly Device[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly Device[] {
  const kept = new Map<string, Device>();
  for (const device of devices) {
    const { classOfPin } = pinClassesOf(circuit, device, deviceTypes);
    const pins = device.nets.map((net, pin) => JSON.stringify([classOfPin[pin], net])).sort();
    const key = `${device.type} ${pins.join()}`;
    const twin = kept.get(key);
    kept.set(key, twin === undefined ? device : { ...twin, values: {} });
  }
  return [...kept.values()];
}

/** Indices of the two pins by which devices of a type can be put in series, if it has such. */
function seriesEnds(type: DeviceType): readonly [number, number] | undefined {
  for (const group of type.interchangeablePins) {
    const [first, second] = group;
    if (group.length !== 2 || first === undefined || second === undefined) continue;
    const conducts = type.conduction.some((pair) => pair.includes(first) && pair.includes(second));
    if (!conducts && type.pins.length !== 2) continue;
    const pin = (name: string): number => type.pins.findIndex((candidate) => candidate.name === name);
    return [pin(first), pin(second)];
  }
  return undefined;
}

function mergeSeries(
  circuit: Circuit,
  devices: readonly Device[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly Device[] {
  const ends = devices.map((device) => seriesEnds(pinClassesOf(circuit, device, deviceTypes).type));
  const pinsOn = new Map<string, { device: number; pin: number }[]>();
  devices.forEach((device, index) => {
    device.nets.forEach((net, pin) => {
      const pins = pinsOn.get(net);
      if (pins === undefined) pinsOn.set(net, [{ device: index, pin }]);
      else pins.push({ device: index, pin });
    });
  });
  const ports = new Set(circuit.ports);

  /** The device that goes on beyond a net, if the net is nothing but a joint of two in series. */
  const beyond = (index: number, net: string): number | undefined => {
    const pins = pinsOn.get(net) ?? [];
    const [first, second] = pins;
    if (ports.has(net) || pins.length !== 2 || first === undefined || second === undefined) return undefined;
    if (first.device === second.device) return undefined;
    if (!ends[first.device]?.includes(first.pin) || !ends[second.device]?.includes(second.pin)) return undefined;
    const [left, right] = [devices[first.device] as Device, devices[second.device] as Device];
    const otherPinsAgree = left.nets.every((own, pin) => own === right.nets[pin] || ends[first.device]?.includes(pin) === true);
    if (left.type !== right.type || !otherPinsAgree) return undefined;
    return first.device === index ? second.device : first.device;
  };

  const merged = new Set<number>();
  const result: Device[] = [];
  devices.forEach((device, index) => {
    if (merged.has(index)) return;
    const pair = ends[index];
    if (pair === undefined) {
      result.push(device);
      return;
    }
    const chain = new Set([index]);
    /** Walks from the device through one of its ends as far as the chain goes; the net where it ends. */
    const walk = (from: string): string => {
      let at = index;
      let net = from;
      for (;;) {
        const next = beyond(at, net);
        if (next === undefined || chain.has(next)) return net;
        chain.add(next);
        const [one, other] = (ends[next] ?? []).map((pin) => (devices[next] as Device).nets[pin]);
        net = (one === net ? other : one) ?? net;
        at = next;
      }
    };
    const [first, second] = [walk(device.nets[pair[0]] as string), walk(device.nets[pair[1]] as string)];
    if (chain.size === 1 || isRing(chain, first, second, beyond, index)) {
      result.push(device);
      return;
    }
    for (const member of chain) merged.add(member);
    const nets = [...device.nets];
    nets[pair[0]] = first;
    nets[pair[1]] = second;
    result.push({ ...device, nets, values: {} });
  });
  return result;
}

function isRing(
  chain: ReadonlySet<number>,
  first: string,
  second: string,
  beyond: (index: number, net: string) => number | undefined,
  index: number,
): boolean {
  return chain.size > 1 && first === second && beyond(index, first) !== undefined;
}
