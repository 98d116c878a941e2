/** A deck as an engine holds it: values set so far, and the title by which its results are known. */
export interface LoadedCircuit {
  readonly key: string;
  readonly title: string;
  readonly values: Map<string, number>;
}

/**
 * The circuits that one engine holds, newest first, as ngspice numbers them from 1 in `setcirc`.
 * Switching is much cheaper than loading again; the least recently used makes room.
 */
export class LoadedCircuits {
  readonly #newestFirst: LoadedCircuit[] = [];
  readonly #recency: LoadedCircuit[] = [];
  #current: LoadedCircuit | undefined;

  static readonly LIMIT = 8;

  has(key: string): boolean {
    return this.#newestFirst.some((circuit) => circuit.key === key);
  }

  /** The circuit and the commands that make it the engine's current one; undefined when it is not loaded. */
  select(key: string): { readonly circuit: LoadedCircuit; readonly commands: readonly string[] } | undefined {
    const index = this.#newestFirst.findIndex((circuit) => circuit.key === key);
    const circuit = this.#newestFirst[index];
    if (circuit === undefined) return undefined;
    const commands = this.#current === circuit ? [] : [`setcirc ${index + 1}`];
    this.#use(circuit);
    return { circuit, commands };
  }

  /** Commands that make room for one more circuit: to be run before it is loaded. */
  makeRoom(): readonly string[] {
    if (this.#newestFirst.length < LoadedCircuits.LIMIT) return [];
    const [oldest] = this.#recency;
    return oldest === undefined ? [] : this.remove(oldest);
  }

  /** Commands that remove a circuit from the engine; none when it is not there. */
  remove(circuit: LoadedCircuit): readonly string[] {
    const index = this.#newestFirst.indexOf(circuit);
    if (index < 0) return [];
    this.#newestFirst.splice(index, 1);
    this.#recency.splice(this.#recency.indexOf(circuit), 1);
    this.#current = undefined;
    return [`setcirc ${index + 1}`, "remcirc"];
  }

  /** Notes a circuit that has just been loaded and is therefore current. */
  add(circuit: LoadedCircuit): void {
    this.#newestFirst.unshift(circuit);
    this.#use(circuit);
  }

  #use(circuit: LoadedCircuit): void {
    const index = this.#recency.indexOf(circuit);
    if (index >= 0) this.#recency.splice(index, 1);
    this.#recency.push(circuit);
    this.#current = circuit;
  }
}
