import type { GrammarState } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";
import { askedDevices } from "./grammar-conditions.js";
import type { SentenceLimits } from "./led-scheme.js";
import { END_ID } from "./vocabulary.js";

/** What may come first, of the sentences that were begun last with what the grammars of a vocabulary share. */
const firstMasks = new WeakMap<object, { readonly limits: string; readonly mask: Uint8Array }>();

/** What the grammars of all schemes have in common: the mask of the next token, made once a step, and who asks for it. */
export abstract class MaskedGrammar implements GrammarState {
  readonly #mask: Uint8Array;
  readonly #limits: SentenceLimits;
  /** Whether exactly so many devices are asked for. */
  protected readonly isExact: boolean;
  #maxTokens: number;
  #isFresh = false;
  #written: number;
  #finished = false;

  constructor(vocabularySize: number, limits: SentenceLimits) {
    this.#mask = new Uint8Array(vocabularySize);
    this.#limits = limits;
    this.isExact = askedDevices(limits.conditions).isExact;
    this.#maxTokens = limits.maxTokens;
    this.#written = limits.written;
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
    this.outdateMask();
    if (id === END_ID) {
      this.#finished = true;
      return;
    }
    this.#written++;
    this.take(id);
  }

  /** The least limit under which the sentence can be finished becomes its limit. */
  endSoon(): void {
    if (this.isExact) return;
    const limit = this.#maxTokens;
    this.#maxTokens = this.#written;
    this.outdateMask();
    while (this.#maxTokens < limit && !this.freshMask().includes(1)) {
      this.#maxTokens++;
      this.outdateMask();
    }
  }

  /**
   * Whether any token may come first. Sentences that follow each other mostly have the same limits, and the same first mask: it is
   * made for the first of them, by a plan for a whole circuit, and kept for the others. To be called before the first token.
   * @param shared what all grammars of this class and of the vocabulary share
   */
  protected canStart(shared: object): boolean {
    const limits = JSON.stringify(this.#limits);
    const last = firstMasks.get(shared);
    if (last?.limits === limits) {
      this.#mask.set(last.mask);
      this.#isFresh = true;
    } else {
      firstMasks.set(shared, { limits, mask: this.freshMask().slice() });
    }
    return this.#mask.includes(1);
  }

  /** How many more tokens fit into the limit. */
  protected get room(): number {
    return this.#maxTokens - this.#written;
  }

  /** What may come next has changed without a token. */
  protected outdateMask(): void {
    this.#isFresh = false;
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
