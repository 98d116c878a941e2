import type { Rng } from "@topogenie/core";
import type { PinGraph } from "./pin-graph.js";

/**
 * A closed Eulerian walk from the root that is easy to learn: whoever steps along an edge for the first time comes back
 * along it as soon as nothing new is left beyond, so half of the steps follow from what was written before. From a pin the
 * walk goes to its device first, and from a device to its pins in the type's order; all else is in random order. Linear in
 * the arcs.
 */
export function depthFirstWalk(graph: PinGraph, rng: Rng): Uint16Array {
  const { nodeCount, offsets, root } = graph;
  const exits = orderedExits(graph, rng);
  const next = offsets.slice();
  const isVisited = new Uint8Array(nodeCount);
  const isOnPath = new Uint8Array(nodeCount);
  const path: number[] = [root];
  isVisited[root] = 1;
  isOnPath[root] = 1;
  const walk = new Uint16Array(exits.length + 1);
  walk[0] = root;
  let step = 1;
  for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
    const arc = next[node] as number;
    if (arc === offsets[node + 1]) {
      // Nothing is left here: back to where the walk came from.
      path.pop();
      isOnPath[node] = 0;
      const parent = path.at(-1);
      if (parent !== undefined) walk[step++] = parent;
      continue;
    }
    next[node] = arc + 1;
    const target = exits[arc] as number;
    if (isVisited[target] === 0) {
      isVisited[target] = 1;
      isOnPath[target] = 1;
      path.push(target);
      walk[step++] = target;
    } else if (isOnPath[target] === 1 && target !== path.at(-2)) {
      // To a node that the path has passed, and back: its own exit along this edge is then used too.
      walk[step++] = target;
      walk[step++] = node;
    }
  }
  return walk;
}

/** The exits of every node in the order in which the walk takes them. */
function orderedExits(graph: PinGraph, rng: Rng): Uint16Array {
  const { offsets, targets, devices, ports } = graph;
  const exits = targets.slice();
  for (let node = 0; node < ports.length; node++) shuffle(exits, offsets[node] as number, offsets[node + 1] as number, rng);
  for (const { node, type } of devices) {
    for (let pin = node + 1; pin <= node + type.pins.length; pin++) {
      const first = offsets[pin] as number;
      // A pin's edge to its device was made first.
      shuffle(exits, first + 1, offsets[pin + 1] as number, rng);
    }
  }
  return exits;
}

function shuffle(exits: Uint16Array, first: number, end: number, rng: Rng): void {
  for (let last = end - 1; last > first; last--) {
    const other = first + rng.integer(last - first + 1);
    const exit = exits[last] as number;
    exits[last] = exits[other] as number;
    exits[other] = exit;
  }
}
