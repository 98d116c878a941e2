/**
 * A part of the open arcs that the walk has left and that no open arc leads back to: the walk has to come back to it by a
 * connection not yet told.
 */
export interface StrandedPart {
  readonly nodes: readonly number[];
  /**
   * How the walk can always come back. `own`: from VSS to an untouched pin of the part. `link`: by joining an untouched pin
   * from elsewhere to it. `root`: by joining one to the net of VSS, which leads to every other such part as well.
   */
  readonly wayBack: "own" | "link" | "root";
  /** Fewest edges that a `link` adds; 0 for the other ways. */
  readonly linkEdges: number;
  /** Untouched pins in it that the walk has yet to pass. */
  readonly sparePins: number;
}

export class StrandedParts {
  readonly #partOf: (StrandedPart | undefined)[];
  #linkEdges = 0;
  readonly #counts = { own: 0, link: 0, root: 0 };

  constructor(nodes: number) {
    this.#partOf = new Array<StrandedPart | undefined>(nodes);
  }

  /** How many parts there are of each way back. */
  get counts(): Readonly<Record<StrandedPart["wayBack"], number>> {
    return this.#counts;
  }

  /** Sum over the parts. */
  get linkEdges(): number {
    return this.#linkEdges;
  }

  of(node: number): StrandedPart | undefined {
    return this.#partOf[node];
  }

  add(part: StrandedPart): void {
    this.#linkEdges += part.linkEdges;
    this.#counts[part.wayBack]++;
    for (const node of part.nodes) this.#partOf[node] = part;
  }

  /** Returns the spare pins that come back with the part to which the node belongs, 0 when it belongs to none. */
  rejoin(node: number): number {
    const part = this.#partOf[node];
    if (part === undefined) return 0;
    this.#linkEdges -= part.linkEdges;
    this.#counts[part.wayBack]--;
    for (const member of part.nodes) this.#partOf[member] = undefined;
    return part.sparePins;
  }
}
