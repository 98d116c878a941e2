import type { IncidenceGraph } from "./incidence-graph.js";
import { OrderedPartition } from "./ordered-partition.js";
import { Automorphism, VertexOrbits } from "./vertex-orbits.js";

/** The numbering of vertices that gives the least certificate, and that certificate. */
export interface CanonicalLabelling {
  /** Vertices in canonical order. */
  readonly order: Int32Array;
  /** For each device in canonical order, and each of its pins by class, the canonical number of the net. */
  readonly certificate: Int32Array;
}

/**
 * Canonical labelling by individualisation and refinement: where refinement leaves a cell of several vertices, each of
 * them is tried in a cell of its own. Of all discrete partitions reached, the one with the least certificate counts.
 * Two leaves with the same certificate show an automorphism; a vertex that automorphisms map to one already tried leads
 * to nothing new and is left out (McKay 1981; McKay and Piperno, "Practical graph isomorphism, II", 2014).
 */
export function canonicalLabelling(graph: IncidenceGraph): CanonicalLabelling {
  return new LabellingSearch(graph).run();
}

class LabellingSearch {
  readonly #graph: IncidenceGraph;
  readonly #partition: OrderedPartition;
  /** Vertices individualised on the way to the current node, and the trace of each refinement. */
  readonly #path: number[] = [];
  readonly #traces: number[] = [];
  readonly #automorphisms: Automorphism[] = [];
  #best: { order: Int32Array; certificate: Int32Array; path: number[]; traces: number[] } | undefined;
  /** Counts how often the best leaf was replaced. */
  #bestVersion = 0;

  constructor(graph: IncidenceGraph) {
    this.#graph = graph;
    this.#partition = new OrderedPartition(graph);
  }

  run(): CanonicalLabelling {
    this.#traces.push(this.#partition.refine());
    this.#explore(true);
    return this.#best as CanonicalLabelling;
  }

  /**
   * @param better whether every leaf below comes before the best one, as its traces are smaller or there is none yet
   * @returns the depth of the node at which to go on: this node's parent, or further up after an automorphism
   */
  #explore(better: boolean): number {
    const depth = this.#path.length;
    if (this.#partition.isDiscrete) return this.#leaf(better);

    const mark = this.#partition.mark();
    const candidates = this.#partition.targetCell();
    const orbits = new VertexOrbits(this.#path);
    const tried: number[] = [];
    let comesFirst = better;
    for (const vertex of candidates) {
      if (tried.length > 0) {
        orbits.join(this.#automorphisms);
        if (tried.some((other) => orbits.same(other, vertex))) continue;
        this.#partition.undo(mark);
      }
      tried.push(vertex);
      this.#partition.individualize(vertex);
      const trace = this.#partition.refine();
      const bestTrace = comesFirst ? undefined : this.#best?.traces[depth + 1];
      if (bestTrace !== undefined && trace > bestTrace) continue;
      const version = this.#bestVersion;
      this.#path.push(vertex);
      this.#traces.push(trace);
      const goOnAt = this.#explore(bestTrace === undefined || trace < bestTrace);
      this.#path.pop();
      this.#traces.pop();
      if (this.#bestVersion !== version) comesFirst = false;
      if (goOnAt < depth) return goOnAt;
    }
    return depth - 1;
  }

  #leaf(better: boolean): number {
    const { order } = this.#partition;
    const depth = this.#path.length;
    const certificate = this.#certificate();
    const best = this.#best;
    const difference = best === undefined || better ? -1 : compare(certificate, best.certificate);
    if (best === undefined || difference < 0) {
      this.#best = { order: order.slice(), certificate, path: this.#path.slice(), traces: this.#traces.slice() };
      this.#bestVersion++;
      return depth - 1;
    }
    if (difference > 0) return depth - 1;
    this.#automorphisms.push(new Automorphism(best.order, order));
    // The automorphism maps all that lies below the vertex where the two paths part, so none of it is new.
    return this.#path.findIndex((vertex, index) => vertex !== best.path[index]);
  }

  #certificate(): Int32Array {
    const { offsets, neighbours, labels, deviceCount } = this.#graph;
    const { order, position } = this.#partition;
    const certificate = new Int32Array(neighbours.length / 2);
    let length = 0;
    for (let at = 0; at < deviceCount; at++) {
      const device = order[at] as number;
      const first = offsets[device] as number;
      const end = offsets[device + 1] as number;
      const begin = length;
      for (let edge = first; edge < end; edge++) {
        const net = (position[neighbours[edge] as number] as number) - deviceCount;
        let place = length;
        // Edges come sorted by label; within a label the nets are sorted here.
        while (place > begin && labels[first + place - 1 - begin] === labels[edge] && (certificate[place - 1] as number) > net) {
          certificate[place] = certificate[place - 1] as number;
          place--;
        }
        certificate[place] = net;
        length++;
      }
    }
    return certificate;
  }
}

function compare(left: Int32Array, right: Int32Array): number {
  for (let index = 0; index < left.length; index++) {
    const difference = (left[index] as number) - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
