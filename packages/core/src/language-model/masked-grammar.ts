import type { GrammarState } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";
import { END_ID } from "./vocabulary.js";

/** What the grammars of all schemes have in common: the mask of the next token, made once a step, and who asks for it. */
export abstract class MaskedGrammar implements GrammarState {
  readonly #mask: Uint8Array;
  #isFresh = false;
  #written: number;
  #finished = false;

  /** @param written tokens that lead the sentence */
  constructor(vocabularySize: number, written = 0) {
    this.#mask = new Uint8Array(vocabularySize);
    this.#written = written;
  }

  get finished(): boolean {
    return this.#finished;
  }

  allowedNext(mask: Uint8Array): void {
    mask.set(this.freshMask());
  }

  push(id: number): void {
    if (this.freshMask()[id] !== 1) {
      throw new TopogenieError(
        "TOKEN_NOT_ALLOWED",
        `Token ${id} may not follow here, after ${this.#written} tokens of this sentence.`,
      );
    }
    this.#isFresh = false;
    if (id === END_ID) {
      this.#finished = true;
      return;
    }
    this.#written++;
    this.take(id);
  }

  /** Tokens written so far, those that lead the sentence among them. */
  protected get written(): number {
    return this.#written;
  }

  protected freshMask(): Readonly<Uint8Array> {
    if (!this.#isFresh) {
      this.#isFresh = true;
      this.#mask.fill(0);
      if (!this.#finished) this.allow(this.#mask);
    }
    return this.#mask;
  }

  /** Sets to 1 what may come next in a mask of zeros. */
  protected abstract allow(mask: Uint8Array): void;

  /** Goes on by a token, not the end, that is allowed. */
  protected abstract take(id: number): void;
}
