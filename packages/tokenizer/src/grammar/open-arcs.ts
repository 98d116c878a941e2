/**
 * Arcs that a walk still owes, between token ids. At every node but the walk's two ends as many arcs leave as enter, so
 * what can be reached from a node is its whole connected component.
 */
export class OpenArcs {
  #count = 0;
  readonly #out: (number[] | undefined)[];
  readonly #seen: Int32Array;
  readonly #queue: Int32Array;
  #epoch = 0;

  constructor(nodes: number) {
    this.#out = new Array<number[] | undefined>(nodes);
    this.#seen = new Int32Array(nodes);
    this.#queue = new Int32Array(nodes);
  }

  get count(): number {
    return this.#count;
  }

  from(node: number): readonly number[] {
    return this.#out[node] ?? none;
  }

  has(from: number, to: number): boolean {
    return this.from(from).includes(to);
  }

  add(from: number, to: number): void {
    const out = this.#out[from];
    if (out === undefined) this.#out[from] = [to];
    else out.push(to);
    this.#count++;
  }

  /** False when there is no such arc. */
  remove(from: number, to: number): boolean {
    const out = this.#out[from];
    const index = out === undefined ? -1 : out.indexOf(to);
    if (out === undefined || index < 0) return false;
    const last = out.pop() as number;
    if (index < out.length) out[index] = last;
    this.#count--;
    return true;
  }

  /** Whether open arcs lead from one node to another. */
  leads(from: number, to: number): boolean {
    return this.has(from, to) || this.#search(from, to, -1) < 0;
  }

  /** Nodes reached from a node without taking the arc from it to `except`. */
  component(node: number, except: number): readonly number[] {
    return Array.from(this.#queue.subarray(0, this.#search(node, -1, except)));
  }

  /** Fills the queue with the nodes reached and returns their number; -1 as soon as the goal is found. */
  #search(start: number, goal: number, except: number): number {
    const epoch = ++this.#epoch;
    const seen = this.#seen;
    const queue = this.#queue;
    let end = 1;
    queue[0] = start;
    seen[start] = epoch;
    for (let at = 0; at < end; at++) {
      const node = queue[at] as number;
      const out = this.from(node);
      for (let index = 0; index < out.length; index++) {
        const next = out[index] as number;
        if (next === goal) return -1;
        if (seen[next] === epoch || (node === start && next === except)) continue;
        seen[next] = epoch;
        queue[end++] = next;
      }
    }
    return end;
  }
}

const none: readonly number[] = [];
