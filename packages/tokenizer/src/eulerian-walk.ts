import type { Rng } from "@topogenie/core";
import type { PinGraph } from "./pin-graph.js";

/**
 * A closed Eulerian walk from the root, drawn uniformly from all of them: the nodes passed, `arcs + 1` of them.
 *
 * By the BEST theorem (van Aardenne-Ehrenfest and de Bruijn 1951) the walks that begin at the root are in bijection with
 * the choices of a spanning tree of last exits, directed to the root, and of an order of the other exits at every node.
 * So: draw a uniform spanning tree (Wilson, STOC 1996; the idea of Kandel, Matias, Unger and Winkler 1996 for sequences),
 * leave every node by its other arcs in random order and by its tree arc last. The walk itself is linear in the arcs
 * and never gets stuck, so nothing is spliced or drawn twice.
 */
export function eulerianWalk(graph: PinGraph, rng: Rng): Uint16Array {
  const { offsets, root } = graph;
  const exits = graph.targets.slice();
  lastExitsLast(graph, exits, rng);

  const next = offsets.slice();
  const walk = new Uint16Array(exits.length + 1);
  walk[0] = root;
  let node = root;
  for (let step = 1; step < walk.length; step++) {
    const arc = next[node] as number;
    // All exits of the root are in random order; elsewhere the last place is the tree's.
    const last = (offsets[node + 1] as number) - (node === root ? 1 : 2);
    let chosen = arc;
    if (arc < last) {
      chosen = arc + rng.integer(last - arc + 1);
      const target = exits[chosen] as number;
      exits[chosen] = exits[arc] as number;
      exits[arc] = target;
    }
    next[node] = arc + 1;
    node = exits[arc] as number;
    walk[step] = node;
  }
  return walk;
}

/** Draws a uniform spanning tree by Wilson's loop-erased walks and moves each node's arc towards the root to its last place. */
function lastExitsLast(graph: PinGraph, exits: Uint16Array, rng: Rng): void {
  const { nodeCount, offsets, targets, root } = graph;
  const inTree = new Uint8Array(nodeCount);
  const towardsRoot = new Int32Array(nodeCount);
  inTree[root] = 1;
  for (let start = 0; start < nodeCount; start++) {
    // An arc chosen at a later visit replaces the earlier one: that erases the loop.
    for (let node = start; inTree[node] === 0; node = targets[towardsRoot[node] as number] as number) {
      const first = offsets[node] as number;
      const degree = (offsets[node + 1] as number) - first;
      towardsRoot[node] = degree === 1 ? first : first + rng.integer(degree);
    }
    for (let node = start; inTree[node] === 0; node = targets[towardsRoot[node] as number] as number) {
      inTree[node] = 1;
      const last = (offsets[node + 1] as number) - 1;
      const arc = towardsRoot[node] as number;
      exits[arc] = targets[last] as number;
      exits[last] = targets[arc] as number;
    }
  }
}
