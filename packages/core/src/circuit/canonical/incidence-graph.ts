import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import { portKind } from "../ports.js";
import { pinClassesOf } from "./pin-classes.js";

/**
 * A circuit as a coloured graph: vertices are devices (first) and nets, an edge for every pin, labelled with the pin's
 * class. Devices of one type on the very same nets are one vertex with a multiplicity, because permuting them is no choice.
 */
export interface IncidenceGraph {
  readonly deviceCount: number;
  readonly netCount: number;
  /** Edges of vertex `v` are those from `offsets[v]` to `offsets[v + 1]`; a device's are in the order of pin classes. */
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  readonly labels: Int32Array;
  /** Vertices in the order of their colours: devices by type and multiplicity, then ports by kind, then internal nets. */
  readonly order: Int32Array;
  /** Where in `order` each colour begins. */
  readonly cellStarts: readonly number[];
  /** What the colours are; with the rows of devices it describes the circuit completely. */
  readonly header: string;
}

interface DeviceVertex {
  readonly type: string;
  /** Pairs of pin class and net, sorted. */
  readonly pins: Int32Array;
  count: number;
}

export function incidenceGraph(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): IncidenceGraph {
  const nets = new Map<string, number>();
  for (const port of circuit.ports) nets.set(port, nets.size);
  const devices = deviceVertices(circuit, deviceTypes, nets);
  devices.sort((left, right) => (left.type === right.type ? left.count - right.count : left.type < right.type ? -1 : 1));

  const deviceCount = devices.length;
  const netCount = nets.size;
  const vertexCount = deviceCount + netCount;
  const order = new Int32Array(vertexCount);
  const cellStarts: number[] = [];
  const deviceColours: (string | number)[] = [];
  devices.forEach((device, index) => {
    order[index] = index;
    const previous = devices[index - 1];
    if (previous?.type === device.type && previous.count === device.count) return;
    cellStarts.push(index);
    deviceColours.push(device.type, device.count, index);
  });

  const kinds = circuit.ports.map((port, index) => ({ kind: portKind(port), net: index }));
  kinds.sort((left, right) => (left.kind === right.kind ? 0 : left.kind < right.kind ? -1 : 1));
  const netColours: (string | number)[] = [];
  kinds.forEach(({ kind, net }, index) => {
    order[deviceCount + index] = deviceCount + net;
    if (kinds[index - 1]?.kind === kind) return;
    cellStarts.push(deviceCount + index);
    netColours.push(kind, index);
  });
  if (netCount > kinds.length) cellStarts.push(deviceCount + kinds.length);
  for (let net = kinds.length; net < netCount; net++) order[deviceCount + net] = deviceCount + net;

  const header = JSON.stringify([deviceColours, deviceCount, netColours, kinds.length, netCount]);
  return { deviceCount, netCount, ...edges(devices, netCount), order, cellStarts, header };
}

function deviceVertices(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  nets: Map<string, number>,
): DeviceVertex[] {
  const vertices: DeviceVertex[] = [];
  const byHash = new Map<number, DeviceVertex[]>();
  for (const device of circuit.devices) {
    const { classOfPin } = pinClassesOf(circuit, device, deviceTypes);
    const pinCount = classOfPin.length;
    const pins = new Int32Array(2 * pinCount);
    let hash = 0;
    for (let pin = 0; pin < pinCount; pin++) {
      const name = device.nets[pin] as string;
      let net = nets.get(name);
      if (net === undefined) {
        net = nets.size;
        nets.set(name, net);
      }
      const pinClass = classOfPin[pin] as number;
      let place = pin;
      while (place > 0 && comesAfter(pins, place - 1, pinClass, net)) {
        pins[2 * place] = pins[2 * place - 2] as number;
        pins[2 * place + 1] = pins[2 * place - 1] as number;
        place--;
      }
      pins[2 * place] = pinClass;
      pins[2 * place + 1] = net;
      hash = (hash + Math.imul(pinClass * 0x9e37 + net + 1, 0x85ebca6b)) | 0;
    }
    const alike = byHash.get(hash);
    const twin = alike?.find((other) => other.type === device.type && samePins(other.pins, pins));
    if (twin !== undefined) {
      twin.count++;
      continue;
    }
    const vertex = { type: device.type, pins, count: 1 };
    vertices.push(vertex);
    if (alike === undefined) byHash.set(hash, [vertex]);
    else alike.push(vertex);
  }
  return vertices;
}

function comesAfter(pins: Int32Array, place: number, pinClass: number, net: number): boolean {
  const otherClass = pins[2 * place] as number;
  return otherClass > pinClass || (otherClass === pinClass && (pins[2 * place + 1] as number) > net);
}

function samePins(left: Int32Array, right: Int32Array): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function edges(devices: readonly DeviceVertex[], netCount: number): Pick<IncidenceGraph, "offsets" | "neighbours" | "labels"> {
  const deviceCount = devices.length;
  const offsets = new Int32Array(deviceCount + netCount + 1);
  for (let device = 0; device < deviceCount; device++) {
    const { pins } = devices[device] as DeviceVertex;
    offsets[device + 1] = pins.length / 2;
    for (let at = 1; at < pins.length; at += 2) {
      const net = deviceCount + (pins[at] as number) + 1;
      offsets[net] = (offsets[net] as number) + 1;
    }
  }
  for (let vertex = 0; vertex < deviceCount + netCount; vertex++) {
    offsets[vertex + 1] = (offsets[vertex + 1] as number) + (offsets[vertex] as number);
  }
  const fill = offsets.slice();
  const edgeCount = offsets[deviceCount + netCount] as number;
  const neighbours = new Int32Array(edgeCount);
  const labels = new Int32Array(edgeCount);
  for (let device = 0; device < deviceCount; device++) {
    const { pins } = devices[device] as DeviceVertex;
    for (let at = 0; at < pins.length; at += 2) {
      const net = deviceCount + (pins[at + 1] as number);
      for (const [from, to] of [
        [device, net],
        [net, device],
      ] as const) {
        const edge = fill[from] as number;
        fill[from] = edge + 1;
        neighbours[edge] = to;
        labels[edge] = pins[at] as number;
      }
    }
  }
  return { offsets, neighbours, labels };
}
