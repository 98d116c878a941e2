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
  /** Vertices, cell after cell; their order within a cell means nothing. */
  readonly order: Int32Array;
  /** Where each vertex stands in `order`. */
  readonly position: Int32Array;
  /** Where the cell of each vertex begins. */
  readonly #cellOf: Int32Array;
  /** Length of the cell that begins here. */
  readonly #cellLength: Int32Array;
  #cellCount: number;
  /** Where the cells begin that splits made, in the order of the splits; undone from the end. */
  readonly #splits: Int32Array;
  #splitCount = 0;

  readonly #queue: Int32Array;
  #queueHead = 0;
  #queueLength = 0;
  readonly #queued: Uint8Array;
  /** Sum of label weights of a vertex's edges into the splitting cell. */
  readonly #weight: Int32Array;
  readonly #isTouched: Uint8Array;
  readonly #touched: Int32Array;
  /** Vertices of the splitting cell, then the cells that its edges lead to. */
  readonly #scratch: Int32Array;
  /** How many vertices of the cell that begins here were touched. */
  readonly #touchedInCell: Int32Array;
  #trace = 0;

  constructor(graph: IncidenceGraph) {
    this.#graph = graph;
    const size = graph.deviceCount + graph.netCount;
    this.#size = size;
    this.order = graph.order.slice();
    this.position = new Int32Array(size);
    this.#cellOf = new Int32Array(size);
    this.#cellLength = new Int32Array(size);
    this.#cellCount = graph.cellStarts.length;
    this.#splits = new Int32Array(size);
    this.#queue = new Int32Array(size);
    this.#queued = new Uint8Array(size);
    this.#weight = new Int32Array(size);
    this.#isTouched = new Uint8Array(size);
    this.#touched = new Int32Array(size);
    this.#scratch = new Int32Array(size);
    this.#touchedInCell = new Int32Array(size);
    graph.cellStarts.forEach((start, index) => {
      const end = graph.cellStarts[index + 1] ?? size;
      this.#cellLength[start] = end - start;
      for (let at = start; at < end; at++) {
        const vertex = this.order[at] as number;
        this.position[vertex] = at;
        this.#cellOf[vertex] = start;
      }
      this.#enqueue(start);
    });
  }

  get isDiscrete(): boolean {
    return this.#cellCount === this.#size;
  }

  /** Vertices of the first of the smallest cells with several; empty when there is none. */
  targetCell(): Int32Array {
    let best = 0;
    let bestLength = this.#size + 1;
    for (let start = 0; start < this.#size && bestLength > 2; start += this.#cellLength[start] as number) {
      const length = this.#cellLength[start] as number;
      if (length > 1 && length < bestLength) {
        best = start;
        bestLength = length;
      }
    }
    return bestLength > this.#size ? new Int32Array(0) : this.order.slice(best, best + bestLength);
  }

  /** Puts a vertex into a cell of its own, behind the rest of its cell. */
  individualize(vertex: number): void {
    const start = this.#cellOf[vertex] as number;
    const last = start + (this.#cellLength[start] as number) - 1;
    this.#swap(last, this.position[vertex] as number);
    this.#cut(start, last);
    this.#enqueue(last);
  }

  /** For {@link undo}: the number of splits so far. */
  mark(): number {
    return this.#splitCount;
  }

  /** Joins again what was split since the mark was taken. */
  undo(mark: number): void {
    while (this.#splitCount > mark) {
      const start = this.#splits[--this.#splitCount] as number;
      const length = this.#cellLength[start] as number;
      const into = this.#cellOf[this.order[start - 1] as number] as number;
      for (let at = start; at < start + length; at++) this.#cellOf[this.order[at] as number] = into;
      this.#cellLength[into] = (this.#cellLength[into] as number) + length;
      this.#cellCount--;
    }
  }

  /**
   * Refines until stable. Returns the trace: a number that is the same for graphs and cells that are alike, and never the
   * same for different numbers of cells.
   */
  refine(): number {
    this.#trace = 17;
    while (this.#queueLength > 0) {
      const cell = this.#dequeue();
      if (!this.isDiscrete) this.#splitBy(cell);
    }
    return this.#cellCount * 0x100000000 + (this.#trace >>> 0);
  }

  #splitBy(cell: number): void {
    const touchedCount = this.#weigh(cell);
    const touched = this.#touched;
    // The touched vertices of each cell go to its end; cells are noted in the order in which they stand.
    const cells = this.#scratch;
    let cellCount = 0;
    for (let index = 0; index < touchedCount; index++) {
      const vertex = touched[index] as number;
      const start = this.#cellOf[vertex] as number;
      const before = this.#touchedInCell[start] as number;
      this.#swap(start + (this.#cellLength[start] as number) - 1 - before, this.position[vertex] as number);
      this.#touchedInCell[start] = before + 1;
      if (before === 0) cells[cellCount++] = start;
    }
    sortAscending(cells, cellCount);
    for (let index = 0; index < cellCount; index++) this.#splitCell(cells[index] as number);
    for (let index = 0; index < touchedCount; index++) {
      const vertex = touched[index] as number;
      this.#weight[vertex] = 0;
      this.#isTouched[vertex] = 0;
    }
  }

  /** Adds up the edges into a cell; returns how many vertices they touch. */
  #weigh(cell: number): number {
    const { offsets, neighbours, labels } = this.#graph;
    const weight = this.#weight;
    const end = cell + (this.#cellLength[cell] as number);
    let touchedCount = 0;
    for (let at = cell; at < end; at++) {
      const vertex = this.order[at] as number;
      const last = offsets[vertex + 1] as number;
      for (let edge = offsets[vertex] as number; edge < last; edge++) {
        const neighbour = neighbours[edge] as number;
        if (this.#isTouched[neighbour] === 0) {
          this.#isTouched[neighbour] = 1;
          this.#touched[touchedCount++] = neighbour;
        }
        weight[neighbour] = ((weight[neighbour] as number) + labelWeight(labels[edge] as number)) | 0;
      }
    }
    return touchedCount;
  }

  /** Splits a cell into its untouched vertices and the touched ones by weight, smallest first. */
  #splitCell(start: number): void {
    const { order } = this;
    const weight = this.#weight;
    const end = start + (this.#cellLength[start] as number);
    const firstTouched = end - (this.#touchedInCell[start] as number);
    this.#touchedInCell[start] = 0;
    this.#mix(start);
    this.#mix(firstTouched);
    if (end - start === 1) {
      this.#mix(weight[order[start] as number] as number);
      return;
    }
    this.#sortByWeight(firstTouched, end);
    const wasQueued = this.#queued[start] === 1;
    const splitsBefore = this.#splitCount;
    // From the end, so that each vertex changes its cell once, here and when the splits are undone.
    for (let at = end - 1; at >= firstTouched; at--) {
      const own = weight[order[at] as number] as number;
      if (at > firstTouched && weight[order[at - 1] as number] === own) continue;
      this.#mix(at);
      this.#mix(own);
      if (at > start) this.#cut(start, at);
    }
    if (this.#splitCount === splitsBefore) return;
    // All parts but the largest are enough to split by (Hopcroft 1971), unless the whole was still to be split by.
    let largest = start;
    for (let split = splitsBefore; split < this.#splitCount; split++) {
      const part = this.#splits[split] as number;
      if ((this.#cellLength[part] as number) > (this.#cellLength[largest] as number)) largest = part;
    }
    if (wasQueued || start !== largest) this.#enqueue(start);
    for (let split = splitsBefore; split < this.#splitCount; split++) {
      const part = this.#splits[split] as number;
      if (wasQueued || part !== largest) this.#enqueue(part);
    }
  }

  /** Makes what stands from `at` to the end of a cell a cell of its own. */
  #cut(start: number, at: number): void {
    const end = start + (this.#cellLength[start] as number);
    for (let place = at; place < end; place++) this.#cellOf[this.order[place] as number] = at;
    this.#cellLength[start] = at - start;
    this.#cellLength[at] = end - at;
    this.#cellCount++;
    this.#splits[this.#splitCount++] = at;
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

  #mix(value: number): void {
    this.#trace = Math.imul(this.#trace ^ value, 0x9e3779b1) ^ (this.#trace >>> 15);
  }
}

/** Labels are small numbers; their sums must tell apart which labels were added and how often. */
function labelWeight(label: number): number {
  return Math.imul(label + 1, 0x61c88647) ^ Math.imul(label + 7, 0x2545f491);
}

function sortAscending(values: Int32Array, count: number): void {
  if (count > sortBySwapsUpTo) {
    values.subarray(0, count).sort();
    return;
  }
  for (let at = 1; at < count; at++) {
    const value = values[at] as number;
    let place = at;
    while (place > 0 && (values[place - 1] as number) > value) {
      values[place] = values[place - 1] as number;
      place--;
    }
    values[place] = value;
  }
}
