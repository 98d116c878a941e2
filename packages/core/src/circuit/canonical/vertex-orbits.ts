/** Which vertices automorphisms that fix some vertices map to each other (union-find). */
export class VertexOrbits {
  readonly #fixed: readonly number[];
  readonly #size: number;
  /** Made with the first automorphism: most nodes of a search never see one. */
  #parent: Int32Array | undefined;
  #seen = 0;

  constructor(size: number, fixed: readonly number[]) {
    this.#size = size;
    this.#fixed = fixed;
  }

  /** Takes in the automorphisms that were found since the last call. */
  join(automorphisms: readonly Int32Array[]): void {
    for (; this.#seen < automorphisms.length; this.#seen++) {
      const automorphism = automorphisms[this.#seen] as Int32Array;
      if (this.#fixed.some((vertex) => automorphism[vertex] !== vertex)) continue;
      this.#parent ??= Int32Array.from({ length: this.#size }, (_, vertex) => vertex);
      for (let vertex = 0; vertex < this.#size; vertex++) {
        const image = automorphism[vertex] as number;
        if (image !== vertex) this.#parent[this.#root(vertex)] = this.#root(image);
      }
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
