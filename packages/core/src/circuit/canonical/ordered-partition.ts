import type { IncidenceGraph } from "./incidence-graph.js";

const sortBySwapsUpTo = 24;

/**
 * An ordered partition of the vertices of a graph, made finer until any two vertices of a cell have the same number of
 * edges of each label into every cell (colour refinement: McKay, "Practical graph isomorphism", 1981).
 * How the cells are split and in which order depends on the graph alone, never on how its vertices are numbered.
 */
export class OrderedPartition {
  readonly #graph: IncidenceGraph;
  readonly #size: number;
  /** Vertices, cell after cell. */
  readonly order: Int32Array;
  /** Where each vertex stands in `order`. */
  readonly position: Int32Array;
  /** Where the cell of each vertex begins. */
  readonly cellOf: Int32Array;
  /** Length of the cell that begins here. */
  readonly cellLength: Int32Array;
  cellCount: number;

  readonly #queue: Int32Array;
  #queueHead = 0;
  #queueLength = 0;
  readonly #queued: Uint8Array;
  /** Sum of label weights of a vertex's edges into the splitting cell. */
  readonly #weight: Int32Array;
  readonly #isTouched: Uint8Array;
  readonly #touched: Int32Array;
  readonly #splitter: Int32Array;
  #trace = 0;

  constructor(graph: IncidenceGraph) {
    this.#graph = graph;
    const size = graph.deviceCount + graph.netCount;
    this.#size = size;
    this.order = graph.order.slice();
    this.position = new Int32Array(size);
    this.cellOf = new Int32Array(size);
    this.cellLength = new Int32Array(size);
    this.cellCount = graph.cellStarts.length;
    this.#queue = new Int32Array(size);
    this.#queued = new Uint8Array(size);
    this.#weight = new Int32Array(size);
    this.#isTouched = new Uint8Array(size);
    this.#touched = new Int32Array(size);
    this.#splitter = new Int32Array(size);
    graph.cellStarts.forEach((start, index) => {
      const end = graph.cellStarts[index + 1] ?? size;
      this.cellLength[start] = end - start;
      for (let at = start; at < end; at++) {
        const vertex = this.order[at] as number;
        this.position[vertex] = at;
        this.cellOf[vertex] = start;
      }
      this.#enqueue(start);
    });
  }

  get isDiscrete(): boolean {
    return this.cellCount === this.#size;
  }

  /** Where the first of the smallest cells with several vertices begins; -1 when there is none. */
  get targetCell(): number {
    let best = -1;
    let bestLength = this.#size + 1;
    for (let start = 0; start < this.#size; start += this.cellLength[start] as number) {
      const length = this.cellLength[start] as number;
      if (length === 2) return start;
      if (length > 1 && length < bestLength) {
        best = start;
        bestLength = length;
      }
    }
    return best;
  }

  /** Puts a vertex into a cell of its own, in front of the rest of its cell. */
  individualize(vertex: number): void {
    const start = this.cellOf[vertex] as number;
    const length = this.cellLength[start] as number;
    this.#swap(start, this.position[vertex] as number);
    this.cellLength[start] = 1;
    this.cellLength[start + 1] = length - 1;
    for (let at = start + 1; at < start + length; at++) this.cellOf[this.order[at] as number] = start + 1;
    this.cellCount++;
    this.#enqueue(start);
  }

  /**
   * Refines until stable. Returns the trace: a number that is the same for graphs and cells that are alike, and never the
   * same for different numbers of cells.
   */
  refine(): number {
    this.#trace = 17;
    while (this.#queueLength > 0) {
      if (this.isDiscrete) {
        this.#clearQueue();
        break;
      }
      this.#splitBy(this.#dequeue());
    }
    return this.cellCount * 0x100000000 + (this.#trace >>> 0);
  }

  #splitBy(cell: number): void {
    const { offsets, neighbours, labels } = this.#graph;
    const weight = this.#weight;
    const touched = this.#touched;
    const length = this.cellLength[cell] as number;
    // The splitting cell may itself be split while its edges are counted, so its vertices are set aside.
    for (let index = 0; index < length; index++) this.#splitter[index] = this.order[cell + index] as number;
    let touchedCount = 0;
    for (let index = 0; index < length; index++) {
      const vertex = this.#splitter[index] as number;
      for (let edge = offsets[vertex] as number; edge < (offsets[vertex + 1] as number); edge++) {
        const neighbour = neighbours[edge] as number;
        if (this.#isTouched[neighbour] === 0) {
          this.#isTouched[neighbour] = 1;
          touched[touchedCount++] = neighbour;
        }
        weight[neighbour] = ((weight[neighbour] as number) + labelWeight(labels[edge] as number)) | 0;
      }
    }
    // Cells in the order in which they stand; each one once.
    let cellCount = 0;
    for (let index = 0; index < touchedCount; index++) {
      const touchedCell = this.cellOf[touched[index] as number] as number;
      let place = cellCount;
      while (place > 0 && (this.#splitter[place - 1] as number) > touchedCell) place--;
      if (place > 0 && this.#splitter[place - 1] === touchedCell) continue;
      for (let at = cellCount; at > place; at--) this.#splitter[at] = this.#splitter[at - 1] as number;
      this.#splitter[place] = touchedCell;
      cellCount++;
    }
    for (let index = 0; index < cellCount; index++) this.#splitCell(this.#splitter[index] as number);
    for (let index = 0; index < touchedCount; index++) {
      const vertex = touched[index] as number;
      weight[vertex] = 0;
      this.#isTouched[vertex] = 0;
    }
  }

  /** Splits a cell by the weights of its vertices, smallest first. */
  #splitCell(start: number): void {
    const { order, cellOf, cellLength } = this;
    const weight = this.#weight;
    const length = cellLength[start] as number;
    const end = start + length;
    if (length === 1) {
      this.#mix(start);
      this.#mix(weight[order[start] as number] as number);
      return;
    }
    this.#sortByWeight(start, end);
    const wasQueued = this.#queued[start] === 1;
    let largest = start;
    let largestLength = 0;
    let parts = 0;
    let partStart = start;
    while (partStart < end) {
      const partWeight = weight[order[partStart] as number] as number;
      let partEnd = partStart + 1;
      while (partEnd < end && weight[order[partEnd] as number] === partWeight) partEnd++;
      const partLength = partEnd - partStart;
      cellLength[partStart] = partLength;
      if (partStart > start) for (let at = partStart; at < partEnd; at++) cellOf[order[at] as number] = partStart;
      this.#mix(partStart);
      this.#mix(partWeight);
      if (partLength > largestLength) {
        largest = partStart;
        largestLength = partLength;
      }
      parts++;
      partStart = partEnd;
    }
    this.cellCount += parts - 1;
    if (parts === 1) return;
    // All parts but the largest are enough to split by (Hopcroft 1971), unless the whole was still to be split by.
    for (let part = start; part < end; part += cellLength[part] as number) {
      if (wasQueued || part !== largest) this.#enqueue(part);
    }
  }

  #sortByWeight(start: number, end: number): void {
    const { order, position } = this;
    const weight = this.#weight;
    if (end - start > sortBySwapsUpTo) {
      // Weight and vertex in one number below 2^53, so that the built-in numeric sort does it.
      const keys = new Float64Array(end - start);
      for (let at = start; at < end; at++) {
        const vertex = order[at] as number;
        keys[at - start] = ((weight[vertex] as number) + 0x80000000) * 0x100000 + vertex;
      }
      keys.sort();
      for (let at = start; at < end; at++) order[at] = (keys[at - start] as number) % 0x100000;
    } else {
      for (let at = start + 1; at < end; at++) {
        const vertex = order[at] as number;
        const vertexWeight = weight[vertex] as number;
        let place = at;
        while (place > start && (weight[order[place - 1] as number] as number) > vertexWeight) {
          order[place] = order[place - 1] as number;
          place--;
        }
        order[place] = vertex;
      }
    }
    for (let at = start; at < end; at++) position[order[at] as number] = at;
  }

  #swap(left: number, right: number): void {
    const leftVertex = this.order[left] as number;
    const rightVertex = this.order[right] as number;
    this.order[left] = rightVertex;
    this.order[right] = leftVertex;
    this.position[rightVertex] = left;
    this.position[leftVertex] = right;
  }

  #enqueue(cell: number): void {
    if (this.#queued[cell] === 1) return;
    this.#queued[cell] = 1;
    this.#queue[(this.#queueHead + this.#queueLength++) % this.#size] = cell;
  }

  #dequeue(): number {
    const cell = this.#queue[this.#queueHead] as number;
    this.#queueHead = (this.#queueHead + 1) % this.#size;
    this.#queueLength--;
    this.#queued[cell] = 0;
    return cell;
  }

  #clearQueue(): void {
    while (this.#queueLength > 0) this.#dequeue();
  }

  #mix(value: number): void {
    this.#trace = Math.imul(this.#trace ^ value, 0x9e3779b1) ^ (this.#trace >>> 15);
  }

  /** Copies the cells of another partition of the same graph. */
  copyFrom(other: PartitionSnapshot): void {
    this.order.set(other.order);
    this.position.set(other.position);
    this.cellOf.set(other.cellOf);
    this.cellLength.set(other.cellLength);
    this.cellCount = other.cellCount;
  }

  snapshot(): PartitionSnapshot {
    return {
      order: this.order.slice(),
      position: this.position.slice(),
      cellOf: this.cellOf.slice(),
      cellLength: this.cellLength.slice(),
      cellCount: this.cellCount,
    };
  }
}

export interface PartitionSnapshot {
  readonly order: Int32Array;
  readonly position: Int32Array;
  readonly cellOf: Int32Array;
  readonly cellLength: Int32Array;
  readonly cellCount: number;
}

/** Labels are small numbers; their sums must tell apart which labels were added and how often. */
function labelWeight(label: number): number {
  return Math.imul(label + 1, 0x61c88647) ^ Math.imul(label + 7, 0x2545f491);
}
