import { GROUND_PORT, isRail, type Circuit, type Device, type Rng } from "@topogenie/core";
import type { NetlistOptions } from "./options.js";

/**
 * The devices in an order in which every one but the first touches a net, no rail, of an earlier one, as far as the circuit
 * hangs together; the first touches VSS where one does. All choices are random, or those of the circuit's own order.
 */
export function writingOrder(circuit: Circuit, order: NetlistOptions["order"], rng: Rng): readonly Device[] {
  if (order === "circuit") return ownOrder(circuit);
  const shuffled = rng.shuffle(circuit.devices);
  const waiting = new Set(shuffled);
  const onNet = new Map<string, Device[]>();
  for (const device of shuffled) {
    for (const net of new Set(device.nets)) {
      if (isRail(net)) continue;
      const devices = onNet.get(net);
      if (devices === undefined) onNet.set(net, [device]);
      else devices.push(device);
    }
  }
  const written: Device[] = [];
  /** Nets reached, oldest first; ports apart, which need no looking back to be named. */
  const internal: string[] = [];
  const ports: string[] = [];
  const reached = new Set<string>();
  const takeFrom = (nets: string[]): Device | undefined => {
    while (nets.length > 0) {
      const net = (order === "depth-first" ? nets.at(-1) : nets[0]) as string;
      const next = onNet.get(net)?.find((device) => waiting.has(device));
      if (next !== undefined) return next;
      if (order === "depth-first") nets.pop();
      else nets.shift();
    }
    return undefined;
  };
  while (waiting.size > 0) {
    const next = takeFrom(internal) ?? takeFrom(ports) ?? firstOf(waiting);
    waiting.delete(next);
    written.push(next);
    for (const net of next.nets) {
      if (isRail(net) || reached.has(net)) continue;
      reached.add(net);
      (circuit.isPort(net) ? ports : internal).push(net);
    }
  }
  return written;
}

function ownOrder({ devices }: Circuit): readonly Device[] {
  const waiting = new Set(devices);
  const reached = new Set<string>();
  const written: Device[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find(({ nets }) => nets.some((net) => reached.has(net))) ?? firstOf(waiting);
    waiting.delete(next);
    written.push(next);
    for (const net of next.nets) if (!isRail(net)) reached.add(net);
  }
  return written;
}

function firstOf(waiting: ReadonlySet<Device>): Device {
  const devices = [...waiting];
  return (devices.find(({ nets }) => nets.includes(GROUND_PORT) && !nets.every(isRail)) ?? devices[0]) as Device;
}
