import type { ResolvedConfig } from "../config/config-schema.js";
import type { Conditions, TokenizationScheme, Vocabulary } from "../contracts/tokenization-scheme.js";
import { END_ID, START_ID } from "../language-model/vocabulary.js";
import { createRng, type Rng } from "../runtime/rng.js";
import type { CorpusCircuit } from "./corpus-entry.js";

export type EncodableCircuit = Pick<CorpusCircuit, "id" | "circuit" | "family">;

/**
 * Writes circuits as sentences of token ids. A sentence depends on the seed, the circuit and the number of the walk alone, so
 * that the walks of an epoch are the same wherever and whenever they are drawn.
 */
export class SentenceEncoder {
  readonly #scheme: TokenizationScheme;
  readonly #vocabulary: Vocabulary;
  readonly #settings: ResolvedConfig["encode"];
  readonly #rng: Rng;

  constructor(scheme: TokenizationScheme, vocabulary: Vocabulary, { encode, seed }: Pick<ResolvedConfig, "encode" | "seed">) {
    this.#scheme = scheme;
    this.#vocabulary = vocabulary;
    this.#settings = encode;
    this.#rng = createRng(seed).fork("encode");
  }

  /** Throws a coded error when the circuit cannot be written, or needs a word that the vocabulary lacks. */
  check(entry: EncodableCircuit, rng: Rng): void {
    const conditions = conditionsOf(entry, this.#settings.conditions);
    for (const token of this.#scheme.encode(entry.circuit, rng, conditions)) this.#vocabulary.id(token);
  }

  /** Start and end included. */
  encode(entry: EncodableCircuit, walk: number): Uint16Array {
    const rng = this.#rng.fork(walk).fork(entry.id);
    const tokens = this.#scheme.encode(entry.circuit, rng, this.#conditions(entry, rng.fork("conditions")));
    const ids = new Uint16Array(tokens.length + 2);
    ids[0] = START_ID;
    tokens.forEach((token, index) => {
      ids[index + 1] = this.#vocabulary.id(token);
    });
    ids[tokens.length + 1] = END_ID;
    return ids;
  }

  /** What leads the sentence: each condition of the config, save where it is left out by chance. */
  #conditions(entry: EncodableCircuit, rng: Rng): Conditions {
    const { conditions, conditionDropout } = this.#settings;
    return conditionsOf(
      entry,
      conditions.filter((condition) => rng.fork(condition).uniform() >= conditionDropout),
    );
  }
}

function conditionsOf({ circuit, family }: EncodableCircuit, led: ResolvedConfig["encode"]["conditions"]): Conditions {
  return {
    ...(family !== undefined && led.includes("family") ? { family } : {}),
    ...(led.includes("deviceCount") ? { deviceCount: circuit.devices.length } : {}),
  };
}
