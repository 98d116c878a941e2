import type { Circuit, DeviceType, TokenLexicon } from "@topogenie/core";
import { GROUND_PORT, TopogenieError } from "@topogenie/core";
import type { PortPins } from "./options.js";

/**
 * A circuit as AnalogGenie draws it (Gao et al., ICLR 2025): every port, device and pin is a node, every edge is two
 * arcs, one each way, so that a connected graph always has a closed Eulerian walk. There are no loops or parallel arcs.
 *
 * A device is joined to its pins; pins that share an internal net are joined to each other; pins on a port's net are joined
 * to the port (`star`), and to each other as well when `portPins` is `clique`.
 */
export interface PinGraph {
  readonly nodeCount: number;
  /** Arcs that leave node `v` are `targets[offsets[v]]` to `targets[offsets[v + 1] - 1]`. */
  readonly offsets: Int32Array;
  readonly targets: Uint16Array;
  /** The node of VSS. */
  readonly root: number;
  /** Nodes 0 to `ports.length - 1`. */
  readonly ports: readonly string[];
  /** In the circuit's order; a device's node is `node`, its pins follow it. */
  readonly devices: readonly { readonly type: DeviceType; readonly node: number }[];
}

const MOST_NODES = 65_536;

/** Throws `CIRCUIT_NOT_ENCODABLE`, saying why, when the circuit has no walk or could not be told from its walk. */
export function pinGraph(circuit: Circuit, lexicon: TokenLexicon, portPins: PortPins): PinGraph {
  const root = circuit.ports.indexOf(GROUND_PORT);
  if (root < 0) refuse(circuit, `it has no port ${GROUND_PORT}, at which every walk begins. Name its ground net ${GROUND_PORT}`);
  if (circuit.devices.length === 0) refuse(circuit, "it has no device");
  for (const port of circuit.ports) {
    if (!lexicon.isPortName(port)) {
      refuse(
        circuit,
        `its port "${port}" is written like no port or like a device. Rename the port (a letter, then letters, digits or _)`,
      );
    }
  }

  const devices: { type: DeviceType; node: number }[] = [];
  const firstPin: number[] = [];
  let nodeCount = circuit.ports.length;
  for (const device of circuit.devices) {
    const type = lexicon.type(device.type);
    if (type === undefined) {
      refuse(circuit, `device ${device.name} is of type "${device.type}", which no plugin of this run provides`);
    }
    if (device.nets.length !== type.pins.length) {
      refuse(circuit, `device ${device.name} touches ${device.nets.length} nets but a ${type.name} has ${type.pins.length} pins`);
    }
    devices.push({ type, node: nodeCount });
    firstPin.push(nodeCount + 1);
    nodeCount += 1 + type.pins.length;
  }
  if (nodeCount > MOST_NODES) refuse(circuit, `its graph has ${nodeCount} nodes, more than ${MOST_NODES}`);

  const edges: number[] = [];
  devices.forEach(({ type, node }) => type.pins.forEach((_, pin) => edges.push(node, node + 1 + pin)));
  for (const [net, pins] of circuit.nets) {
    const port = circuit.ports.indexOf(net);
    const nodes = pins.map(({ device, pin }) => (firstPin[device] as number) + pin);
    if (port >= 0) nodes.forEach((node) => edges.push(port, node));
    if (port < 0 || portPins === "clique") {
      nodes.forEach((node, index) => {
        for (let other = index + 1; other < nodes.length; other++) edges.push(node, nodes[other] as number);
      });
    }
  }

  const { offsets, targets } = arcsOf(edges, nodeCount);
  const reached = reachedFrom(root, offsets, targets, nodeCount);
  const stray = reached.indexOf(0);
  if (stray >= 0) {
    const device = devices.findLastIndex(({ node }) => node <= stray);
    const what =
      stray < circuit.ports.length
        ? `port ${circuit.ports[stray] as string}`
        : `device ${(circuit.devices[device] as Circuit["devices"][number]).name}`;
    refuse(circuit, `${what} cannot be reached from ${GROUND_PORT}. Connect it or remove it`);
  }
  return { nodeCount, offsets, targets, root, ports: circuit.ports, devices };
}

/** Both arcs of each edge, grouped by the node that they leave. */
function arcsOf(edges: readonly number[], nodeCount: number): { offsets: Int32Array; targets: Uint16Array } {
  const offsets = new Int32Array(nodeCount + 1);
  for (const node of edges) offsets[node + 1] = (offsets[node + 1] as number) + 1;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1] = (offsets[node + 1] as number) + (offsets[node] as number);
  const next = offsets.slice();
  const targets = new Uint16Array(edges.length);
  for (let index = 0; index < edges.length; index += 2) {
    const one = edges[index] as number;
    const other = edges[index + 1] as number;
    targets[next[one] as number] = other;
    next[one] = (next[one] as number) + 1;
    targets[next[other] as number] = one;
    next[other] = (next[other] as number) + 1;
  }
  return { offsets, targets };
}

function reachedFrom(root: number, offsets: Int32Array, targets: Uint16Array, nodeCount: number): Uint8Array {
  const reached = new Uint8Array(nodeCount);
  const open = [root];
  reached[root] = 1;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (let arc = offsets[node] as number; arc < (offsets[node + 1] as number); arc++) {
      const target = targets[arc] as number;
      if (reached[target] === 0) {
        reached[target] = 1;
        open.push(target);
      }
    }
  }
  return reached;
}

function refuse(circuit: Circuit, why: string): never {
  throw new TopogenieError("CIRCUIT_NOT_ENCODABLE", `Circuit "${circuit.name}" cannot be written as a walk: ${why}.`);
}
