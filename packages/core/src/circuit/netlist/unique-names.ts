/** Hands out names that differ from all handed out before, by adding `_2`, `_3`, … where needed. */
export class UniqueNames {
  readonly #taken: Set<string>;
  readonly #key: (name: string) => string;

  /** @param key what must differ, for example the name in lower case where case does not count */
  constructor(taken: Iterable<string> = [], key: (name: string) => string = (name) => name) {
    this.#key = key;
    this.#taken = new Set([...taken].map(key));
  }

  has(name: string): boolean {
    return this.#taken.has(this.#key(name));
  }

  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.has(name); number++) name = `${wanted}_${number}`;
    this.#taken.add(this.#key(name));
    return name;
  }
}
