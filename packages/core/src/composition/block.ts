import { pinClassesOf } from "../circuit/canonical/pin-classes.js";
import type { Circuit } from "../circuit/circuit.js";
import { pinRoles } from "../circuit/open-circuit/pin-roles.js";
import { isRail } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";

const CURRENT = "current";

/** How a block touches one of its nets. */
export interface BlockNet {
  /** A rail or another port; undefined for a net within the circuit. */
  readonly port?: string;
  /**
   * What another block sees there: `current` when the block gives the net a direct current or takes one, and the kinds of its other
   * pins, such as `nmos4.1` for gates.
   */
  readonly face: string;
  /** Faces of the other blocks on the net in the circuit that the block was cut from, each once; none on rails. */
  readonly others: readonly string[];
}

/** A part of a circuit that is joined to the rest by nets alone, and so can be joined to parts of other circuits. */
export interface Block {
  /** Nets as indices into {@link nets}. */
  readonly devices: readonly { readonly type: string; readonly nets: readonly number[] }[];
  readonly nets: readonly BlockNet[];
  /** Rails left out. */
  readonly ports: readonly string[];
  /** Nets within the circuit that were joined to other blocks. */
  readonly openNets: number;
}

/**
 * Cuts a circuit where no direct current flows: devices whose current paths meet at a net that is no rail are one block. For
 * transistors these are the channel-connected components of switch-level simulation (Bryant, IEEE Trans. Computers C-33, 1984),
 * which are an analog circuit's stages: an input pair with its load and tail, an output stage, the diode of a mirror.
 */
export function cutIntoBlocks(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): Block[] {
  const groupOf = groupsByCurrent(circuit, deviceTypes);
  const kinds = circuit.devices.map((device) => {
    const { type, classOfPin } = pinClassesOf(circuit, device, deviceTypes);
    const carrying = pinRoles(type).conduction.flat();
    return device.nets.map((_, pin) => (carrying.includes(pin) ? CURRENT : `${device.type}.${classOfPin[pin] ?? pin}`));
  });
  /** By net, then by group: its face. */
  const faces = new Map<string, Map<number, string>>();
  for (const [net, pins] of circuit.nets) {
    const found = new Map<number, Set<string>>();
    for (const { device, pin } of pins) {
      const group = groupOf[device] as number;
      found.set(group, (found.get(group) ?? new Set()).add(kinds[device]?.[pin] ?? ""));
    }
    faces.set(net, new Map([...found].map(([group, words]) => [group, [...words].sort().join("+")])));
  }
  return [...new Set(groupOf)].map((group) => {
    const members = circuit.devices.filter((_, device) => groupOf[device] === group);
    const names = [...new Set(members.flatMap(({ nets }) => nets))];
    const nets = names.map((net): BlockNet => {
      const onNet = faces.get(net) ?? new Map<number, string>();
      const others = isRail(net) ? [] : [...onNet].flatMap(([other, face]) => (other === group ? [] : [face]));
      return {
        ...(circuit.isPort(net) ? { port: net } : {}),
        face: onNet.get(group) ?? "",
        others: [...new Set(others)].sort(),
      };
    });
    return {
      devices: members.map((device) => ({ type: device.type, nets: device.nets.map((net) => names.indexOf(net)) })),
      nets,
      ports: nets.flatMap(({ port }) => (port === undefined || isRail(port) ? [] : [port])),
      openNets: nets.filter(({ port, others }) => port === undefined && others.length > 0).length,
    };
  });
}

/** For each device the first device of its block. */
function groupsByCurrent(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): number[] {
  const parents = circuit.devices.map((_, device) => device);
  const rootOf = (device: number): number => {
    let root = device;
    while (parents[root] !== root) root = parents[root] as number;
    return root;
  };
  for (const [net, pins] of circuit.nets) {
    if (isRail(net)) continue;
    const carrying = pins.filter(({ device, pin }) => {
      const type = deviceTypes.get(circuit.devices[device]?.type ?? "");
      return type !== undefined && pinRoles(type).conduction.flat().includes(pin);
    });
    for (const { device } of carrying) {
      const [a, b] = [rootOf(device), rootOf(carrying[0]?.device ?? device)];
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
  return parents.map((_, device) => rootOf(device));
}
