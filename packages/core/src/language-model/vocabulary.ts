import type { Vocabulary } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";

/** Ids of the tokens that every vocabulary begins with. */
export const PADDING_ID = 0;
export const START_ID = 1;
export const END_ID = 2;

/** How the special tokens are written; no scheme may use words like these. */
export const specialTokens = ["<padding>", "<start>", "<end>"] as const;

/** A vocabulary as it is kept beside a checkpoint: every token, the special ones included, in the order of ids. */
export interface VocabularyJson {
  readonly tokens: readonly string[];
}

/**
 * Numbers the words of a scheme in the order given, after the special tokens.
 * Throws `VOCABULARY_INVALID` when a word is given twice or is written like a special token.
 */
export function createVocabulary(words: readonly string[]): Vocabulary & { toJSON(): VocabularyJson } {
  return new WordList([...specialTokens, ...words]);
}

/** The vocabulary that `JSON.stringify` wrote. Throws `VOCABULARY_INVALID` when the special tokens are not in their places. */
export function restoreVocabulary(json: VocabularyJson): Vocabulary & { toJSON(): VocabularyJson } {
  specialTokens.forEach((special, id) => {
    if (json.tokens[id] !== special) {
      throw new TopogenieError(
        "VOCABULARY_INVALID",
        `Token ${id} of this vocabulary is "${json.tokens[id] ?? ""}"; it must be "${special}". Was the file changed by hand?`,
      );
    }
  });
  return new WordList(json.tokens);
}

class WordList implements Vocabulary {
  readonly tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(tokens: readonly string[]) {
    const ids = new Map<string, number>();
    tokens.forEach((token, id) => {
      const other = ids.get(token);
      if (other !== undefined) {
        throw new TopogenieError(
          "VOCABULARY_INVALID",
          `Token "${token}" stands in the vocabulary twice, as ${other} and as ${id}. Each token needs a word of its own.`,
        );
      }
      ids.set(token, id);
    });
    this.tokens = Object.freeze([...tokens]);
    this.#ids = ids;
  }

  id(token: string): number {
    const id = this.#ids.get(token);
    if (id === undefined) {
      throw new TopogenieError(
        "TOKEN_UNKNOWN",
        `Token "${token}" is not among the ${this.tokens.length} tokens of this vocabulary. ` +
          "The circuit has more devices of one type, or another port, than the circuits from which the vocabulary was made.",
      );
    }
    return id;
  }

  has(token: string): boolean {
    return this.#ids.has(token);
  }

  toJSON(): VocabularyJson {
    return { tokens: this.tokens };
  }
}
