import type { Circuit } from "../circuit/circuit.js";
import { isRail } from "../circuit/ports.js";

/**
 * What graphs of circuits are compared by. The graph's vertices are the devices; two are neighbours when they share a net that is
 * no rail.
 */
export interface GraphStatistics {
  /** Shares of the devices with 0, 1, 2, … neighbours. */
  readonly degrees: readonly number[];
  /** Shares of the devices by local clustering coefficient (Watts, Strogatz, Nature 393, 1998), {@link CLUSTERING_BINS} bins from 0 to 1. */
  readonly clustering: readonly number[];
  readonly deviceCount: number;
}

export const CLUSTERING_BINS = 20;

export function graphStatistics(circuit: Circuit): GraphStatistics {
  const neighbours = circuit.devices.map(() => new Set<number>());
  for (const [net, pins] of circuit.nets) {
    if (isRail(net)) continue;
    for (const { device: one } of pins) for (const { device: other } of pins) if (one !== other) neighbours[one]?.add(other);
  }
  const deviceCount = circuit.devices.length;
  const degrees: number[] = [];
  const clustering = new Array<number>(CLUSTERING_BINS).fill(0);
  for (const around of neighbours) {
    while (degrees.length <= around.size) degrees.push(0);
    degrees[around.size] = (degrees[around.size] ?? 0) + 1 / deviceCount;
    const bin = Math.min(CLUSTERING_BINS - 1, Math.floor(localClustering(around, neighbours) * CLUSTERING_BINS));
    clustering[bin] = (clustering[bin] ?? 0) + 1 / deviceCount;
  }
  return { degrees, clustering, deviceCount };
}

/** Share of the pairs of neighbours that are neighbours of each other; 0 with fewer than two. */
function localClustering(around: ReadonlySet<number>, neighbours: readonly ReadonlySet<number>[]): number {
  if (around.size < 2) return 0;
  let joined = 0;
  for (const one of around) for (const other of around) if (one < other && neighbours[one]?.has(other) === true) joined++;
  return (2 * joined) / (around.size * (around.size - 1));
}
