/** A renumbering of the vertices that leaves the graph as it is. */
export class Automorphism {
  readonly image: Int32Array;
  /** Vertices whose image is another one: often few. */
  readonly moved: readonly number[];

  /** The one that maps a labelling to another with the same certificate. */
  constructor(from: Int32Array, to: Int32Array) {
    this.image = new Int32Array(from.length);
    const moved: number[] = [];
    for (let at = 0; at < from.length; at++) {
      const vertex = from[at] as number;
      this.image[vertex] = to[at] as number;
      if (vertex !== to[at]) moved.push(vertex);
    }
    this.moved = moved;
  }
}

/** Which vertices the automorphisms that fix some vertices map to each other (union-find). */
export class VertexOrbits {
  readonly #fixed: readonly number[];
  /** Made with the first automorphism: most nodes of a search never see one. */
  #parent: Int32Array | undefined;
  #seen = 0;

  /** @param fixed vertices that must stay where they are; read whenever automorphisms are taken in */
  constructor(fixed: readonly number[]) {
    this.#fixed = fixed;
  }

  /** Takes in the automorphisms that were found since the last call. */
  join(automorphisms: readonly Automorphism[]): void {
    for (; this.#seen < automorphisms.length; this.#seen++) {
      const { image, moved } = automorphisms[this.#seen] as Automorphism;
      if (this.#fixed.some((vertex) => image[vertex] !== vertex)) continue;
      this.#parent ??= image.map((_, vertex) => vertex);
      for (const vertex of moved) this.#parent[this.#root(vertex)] = this.#root(image[vertex] as number);
    }
  }

  same(left: number, right: number): boolean {
    return left === right || (this.#parent !== undefined && this.#root(left) === this.#root(right));
  }

  #root(vertex: number): number {
    const parent = this.#parent;
    if (parent === undefined) return vertex;
    let root = vertex;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number;
      root = parent[root] as number;
    }
    return root;
  }
}
