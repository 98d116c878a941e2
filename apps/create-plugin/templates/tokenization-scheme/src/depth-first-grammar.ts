import { END_ID, specialTokens, TopogenieError, type DeviceType, type GrammarState, type Vocabulary } from "@topogenie/core";

/** Type, nets, type, nets, …, end: a type only where its nets still fit. */
export class DepthFirstGrammar implements GrammarState {
  finished = false;
  readonly #vocabulary: Vocabulary;
  /** Pins of the device type that a token names; undefined for nets and special tokens. */
  readonly #pins: readonly (number | undefined)[];
  readonly #fewestPins: number;
  #left: number;
  #devices = 0;
  #netsToCome = 0;

  constructor(vocabulary: Vocabulary, types: ReadonlyMap<string, DeviceType>, maxTokens: number) {
    this.#vocabulary = vocabulary;
    this.#pins = vocabulary.tokens.map((token) => types.get(token)?.pins.length);
    this.#fewestPins = Math.min(...this.#pins.filter((pins) => pins !== undefined));
    this.#left = maxTokens;
    if (maxTokens < 1 + this.#fewestPins)
      throw new TopogenieError("GRAMMAR_LIMIT", `No circuit can be written in ${maxTokens} tokens.`);
  }

  allowedNext(mask: Uint8Array): void {
    for (let id = 0; id < this.#pins.length; id++) mask[id] = this.#allows(id) ? 1 : 0;
  }

  push(id: number): void {
    if (!this.#allows(id)) {
      const token = this.#vocabulary.tokens[id] ?? String(id);
      throw new TopogenieError("TOKEN_NOT_ALLOWED", `The grammar does not allow "${token}" here.`);
    }
    if (id === END_ID) {
      this.finished = true;
      return;
    }
    this.#left--;
    const pins = this.#pins[id];
    if (pins === undefined) {
      this.#netsToCome--;
    } else {
      this.#netsToCome = pins;
      this.#devices++;
    }
  }

  #allows(id: number): boolean {
    if (this.finished) return false;
    if (id === END_ID) return this.#netsToCome === 0 && this.#devices > 0;
    if (id < specialTokens.length) return false;
    const pins = this.#pins[id];
    if (this.#netsToCome > 0) return pins === undefined;
    return pins !== undefined && 1 + pins <= this.#left;
  }
}
