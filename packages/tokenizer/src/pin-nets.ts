import { DecodeError, type LexiconWord } from "@topogenie/core";

/** Which pins and ports a walk has joined into nets (disjoint sets, Tarjan 1975). */
export class PinNets {
  readonly #parents = new Map<string, string>();
  readonly #ports = new Map<string, string>();

  has(pin: string): boolean {
    return this.#parents.has(pin);
  }

  /** Notes that a pin or port has been passed. */
  touch(word: LexiconWord): void {
    if (word.kind === "pin") this.#add(word.token);
    else if (word.kind === "port") this.#addPort(word.token);
  }

  /** Throws `DecodeError` when that would put two ports on one net. */
  join(pin: LexiconWord, other: LexiconWord, position: number): void {
    this.#add(pin.token);
    if (other.kind === "port") this.#addPort(other.token);
    else this.#add(other.token);
    const one = this.representative(pin.token);
    const two = this.representative(other.token);
    if (one === two) return;
    const port = this.#ports.get(one);
    const otherPort = this.#ports.get(two);
    if (port !== undefined && otherPort !== undefined) {
      throw new DecodeError(position, other.token, `this puts ports ${port} and ${otherPort} on one net.`);
    }
    this.#parents.set(one, two);
    if (port !== undefined) this.#ports.set(two, port);
  }

  /** The pin or port that stands for the net of this one. */
  representative(token: string): string {
    let root = token;
    for (let up = this.#parents.get(root); up !== undefined && up !== root; up = this.#parents.get(root)) root = up;
    for (let node = token; node !== root;) {
      const up = this.#parents.get(node) ?? root;
      this.#parents.set(node, root);
      node = up;
    }
    return root;
  }

  portOf(pin: string): string | undefined {
    return this.#ports.get(this.representative(pin));
  }

  #add(pin: string): void {
    if (!this.#parents.has(pin)) this.#parents.set(pin, pin);
  }

  #addPort(port: string): void {
    if (this.#parents.has(port)) return;
    this.#parents.set(port, port);
    this.#ports.set(port, port);
  }
}
