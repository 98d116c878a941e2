/**
 * A part of the open arcs that the walk has left and that no open arc leads back to: the walk has to come back to it by a
 * connection not yet told.
 */
export interface StrandedPart {
  readonly nodes: readonly number[];
  /** Fewest edges by which an untouched pin can be joined to it; 0 when only joining VSS does. */
  readonly linkEdges: number;
  /** Only a pin that joins the net of VSS leads back to it, and to every other such part at once. */
  readonly viaRoot: boolean;
  /** Untouched pins in it that the walk has yet to pass. */
  readonly sparePins: number;
}

export class StrandedParts {
  readonly #parts = new Set<StrandedPart>();
  readonly #partOf: (StrandedPart | undefined)[];
  #linkEdges = 0;
  #viaRoot = 0;

  constructor(nodes: number) {
    this.#partOf = new Array<StrandedPart | undefined>(nodes);
  }

  /** Parts that are joined one by one. */
  get count(): number {
    return this.#parts.size - this.#viaRoot;
  }

  /** Parts that are joined all at once. */
  get viaRoot(): number {
    return this.#viaRoot;
  }

  /** Sum over the parts. */
  get linkEdges(): number {
    return this.#linkEdges;
  }

  of(node: number): StrandedPart | undefined {
    return this.#partOf[node];
  }

  add(part: StrandedPart): void {
    this.#parts.add(part);
    this.#linkEdges += part.linkEdges;
    if (part.viaRoot) this.#viaRoot++;
    for (const node of part.nodes) this.#partOf[node] = part;
  }

  /** Returns the spare pins that come back with the part to which the node belongs, 0 when it belongs to none. */
  rejoin(node: number): number {
    const part = this.#partOf[node];
    if (part === undefined) return 0;
    this.#parts.delete(part);
    this.#linkEdges -= part.linkEdges;
    if (part.viaRoot) this.#viaRoot--;
    for (const member of part.nodes) this.#partOf[member] = undefined;
    return part.sparePins;
  }
}
