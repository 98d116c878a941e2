import type { DeviceType } from "../../contracts/device-type.js";
import { pinClassesOf } from "../canonical/pin-classes.js";
import type { Circuit } from "../circuit.js";
import { isRail, portKind } from "../ports.js";

/** How often each neighbourhood occurs in a circuit, by a 52-bit hash of what it looks like. */
export type Neighbourhoods = ReadonlyMap<number, number>;

/** Steps from a device or net, each of which reaches from devices to their nets or back, that its widest neighbourhood spans. */
export const NEIGHBOURHOOD_RADIUS = 3;

interface Edge {
  readonly device: number;
  readonly net: number;
  readonly pinClass: number;
}

/**
 * The neighbourhoods of every device and net, from the thing alone (radius 0) up to `radius` steps around it, as
 * colour refinement sees them (Shervashidze et al., "Weisfeiler-Lehman graph kernels", JMLR 2011). Interchangeable pins
 * count as one, ports by their kind. The rails end every neighbourhood: nearly all devices touch them, so that one device
 * more would change every neighbourhood that looks through them.
 *
 * @throws TopogenieError `DEVICE_TYPE_UNKNOWN`; `CIRCUIT_INVALID` for a device with the wrong number of nets
 */
export function neighbourhoods(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  radius = NEIGHBOURHOOD_RADIUS,
): Neighbourhoods {
  const ports = new Set(circuit.ports);
  const nets = new Map<string, number>();
  const edges: Edge[] = [];
  circuit.devices.forEach((device, index) => {
    const { classOfPin } = pinClassesOf(circuit, device, deviceTypes);
    device.nets.forEach((name, pin) => {
      const net = nets.get(name) ?? nets.size;
      nets.set(name, net);
      edges.push({ device: index, net, pinClass: classOfPin[pin] ?? 0 });
    });
  });
  const names = [...nets.keys()];
  const ends = names.map((name) => isRail(name));
  let devices = circuit.devices.map(({ type }) => hashText(`device ${type}`));
  let colours = names.map((name) => hashText(ports.has(name) ? `port ${portKind(name)}` : "net"));
  const counts = new Map<number, number>();
  const count = (colour: number): void => void counts.set(colour, (counts.get(colour) ?? 0) + 1);
  devices.forEach(count);
  colours.forEach(count);
  for (let step = 0; step < radius; step++) {
    const aroundDevices = devices.map((): number[] => []);
    const aroundNets = colours.map((): number[] => []);
    for (const { device, net, pinClass } of edges) {
      aroundDevices[device]?.push(mix(colours[net] ?? 0, pinClass));
      aroundNets[net]?.push(mix(devices[device] ?? 0, pinClass));
    }
    devices = devices.map((colour, index) => around(colour, aroundDevices[index] ?? []));
    colours = colours.map((colour, index) => (ends[index] === true ? colour : around(colour, aroundNets[index] ?? [])));
    devices.forEach(count);
    colours.forEach((colour, index) => {
      if (ends[index] !== true) count(colour);
    });
  }
  return counts;
}

function around(colour: number, neighbours: number[]): number {
  return neighbours.sort((a, b) => a - b).reduce(mix, mix(colour, neighbours.length));
}

function hashText(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = mix(hash, text.charCodeAt(index));
  return hash;
}

const LOW_RANGE = 2 ** 26;

/** Two independent multiplicative hashes of 26 bits each, side by side. */
function mix(hash: number, value: number): number {
  const low = hash % LOW_RANGE;
  const high = Math.floor(hash / LOW_RANGE);
  const valueLow = value % LOW_RANGE;
  const valueHigh = Math.floor(value / LOW_RANGE);
  return (
    scramble(low ^ scramble(valueLow + 0x5bd1 * valueHigh + 1, 0x85ebca6b), 0xc2b2ae35) +
    LOW_RANGE * scramble(high ^ scramble(valueHigh + 0x3d4f * valueLow + 7, 0x27d4eb2f), 0x165667b1)
  );
}

function scramble(value: number, factor: number): number {
  const product = Math.imul(value ^ (value >>> 15), factor) + 0x9e3779b9;
  return ((product ^ (product >>> 13)) >>> 0) % LOW_RANGE;
}
