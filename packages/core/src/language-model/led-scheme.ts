import type { Circuit } from "../circuit/circuit.js";
import { DecodeError } from "../contracts/decode-error.js";
import type {
  Conditions,
  ConditionWords,
  GrammarState,
  SchemeCapabilities,
  TokenizationScheme,
  Vocabulary,
} from "../contracts/tokenization-scheme.js";
import type { Rng } from "../runtime/rng.js";
import { conditionVocabulary, leadingWordCount, leadingWords, ledByConditions } from "./condition-words.js";
import { createVocabulary } from "./vocabulary.js";

/** What the automaton of a sentence begins with. */
export interface SentenceLimits {
  /** Longest sentence, start and end left out. */
  readonly maxTokens: number;
  /** Tokens that lead the sentence. */
  readonly written: number;
  readonly conditions: Conditions;
}

/**
 * A scheme whose sentences are led by their conditions. What such schemes have in common is here; each says for itself how what
 * follows the conditions is written and read, and which automaton keeps to it.
 *
 * `Tables` is what the automata of all sentences share: what the tokens of a vocabulary are.
 */
export abstract class LedScheme<Tables> implements TokenizationScheme {
  abstract readonly name: string;
  readonly #tables = new WeakMap<Vocabulary, Tables>();

  abstract capabilities(): SchemeCapabilities;

  vocabulary(circuits: Iterable<Circuit>, conditions: ConditionWords = {}): Vocabulary {
    return createVocabulary([...conditionVocabulary(conditions), ...this.words(circuits, conditions)]);
  }

  encode(circuit: Circuit, rng: Rng, conditions?: Conditions): readonly string[] {
    return [...leadingWords(conditions), ...this.write(circuit, rng)];
  }

  decode(tokens: readonly string[]): Circuit {
    const leading = leadingWordCount(tokens);
    try {
      return this.read(tokens.slice(leading));
    } catch (error) {
      if (leading === 0 || !(error instanceof DecodeError)) throw error;
      throw new DecodeError(error.position + leading, error.token, error.reason);
    }
  }

  grammar(vocabulary: Vocabulary, maxTokens: number, conditions: Conditions = {}): GrammarState {
    const tables = this.#tables.get(vocabulary) ?? this.tables(vocabulary);
    this.#tables.set(vocabulary, tables);
    return ledByConditions(vocabulary, conditions, (written) => this.automaton(tables, { maxTokens, written, conditions }));
  }

  /** The words that these circuits, and the ports that can be asked for, need. */
  protected abstract words(circuits: Iterable<Circuit>, asked: Pick<ConditionWords, "ports">): readonly string[];

  /** Throws `CIRCUIT_NOT_ENCODABLE`. */
  protected abstract write(circuit: Circuit, rng: Rng): readonly string[];

  /** Throws `DecodeError`. */
  protected abstract read(tokens: readonly string[]): Circuit;

  /** Throws `VOCABULARY_UNFIT` when the vocabulary is not one of this scheme. */
  protected abstract tables(vocabulary: Vocabulary): Tables;

  /** Throws `GRAMMAR_LIMIT` when no circuit fits into the limits. */
  protected abstract automaton(tables: Tables, limits: SentenceLimits): GrammarState;
}
