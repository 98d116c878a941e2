import type { PinVocabulary } from "@topogenie/core";
import type { WalkState } from "./walk-state.js";

/** Which nodes owed arcs join, by token (disjoint sets, Tarjan 1975). What the walk can come to is one stretch with VSS. */
export class Stretches {
  readonly #state: WalkState;
  readonly #tables: PinVocabulary;
  readonly #parents: Int32Array;
  /** Every token by itself. */
  readonly #alone: Int32Array;

  constructor(state: WalkState) {
    this.#state = state;
    this.#tables = state.tables;
    this.#alone = Int32Array.from({ length: state.tables.size }, (_, id) => id);
    this.#parents = this.#alone.slice();
  }

  /** Those of the arcs that are owed now. */
  find(): void {
    const { order } = this.#state;
    this.#parents.set(this.#alone);
    for (const port of this.#tables.ports) this.#joinArcs(port);
    for (const index of order) {
      const { device, pins } = this.#tables.devices[index] as PinVocabulary["devices"][number];
      this.#joinArcs(device);
      for (const pin of pins) this.#joinArcs(pin);
    }
    if (this.#state.here >= 0) this.unite(this.#state.here, this.#tables.root);
  }

  unite(one: number, other: number): void {
    this.#parents[this.of(one)] = this.of(other);
  }

  /** Joins the nodes of a net that are joined to each other to another node. */
  uniteNet(net: number, node: number): void {
    const port = this.#state.port(net);
    if (port >= 0) this.unite(port, node);
    if (port >= 0 && this.#state.isStar) return;
    for (const pin of this.#state.pins(net)) this.unite(pin, node);
  }

  /** A token that stands for the stretch of this one. */
  of(id: number): number {
    let root = id;
    while (this.#parents[root] !== root) root = this.#parents[root] as number;
    this.#parents[id] = root;
    return root;
  }

  isReached(id: number): boolean {
    return this.of(id) === this.of(this.#tables.root);
  }

  /** Whether the walk comes to a net: to its port, or to one of its pins. */
  netIsReached(net: number): boolean {
    const port = this.#state.port(net);
    if (port >= 0 && (this.#state.isStar || this.isReached(port))) return this.isReached(port);
    return this.#state.pins(net).some((pin) => this.isReached(pin));
  }

  /** Whether the walk can come to every owed arc. */
  areReached(): boolean {
    const { open, order } = this.#state;
    const root = this.of(this.#tables.root);
    const isCutOff = (id: number): boolean => open.from(id).length > 0 && this.of(id) !== root;
    for (const port of this.#tables.ports) if (isCutOff(port)) return false;
    for (const index of order) {
      const { device, pins } = this.#tables.devices[index] as PinVocabulary["devices"][number];
      if (isCutOff(device)) return false;
      for (const pin of pins) if (isCutOff(pin)) return false;
    }
    return true;
  }

  #joinArcs(id: number): void {
    const arcs = this.#state.open.from(id);
    for (let index = 0; index < arcs.length; index++) this.unite(id, arcs[index] as number);
  }
}
