import type { Circuit } from "../circuit/circuit.js";
import type { Rng } from "../runtime/rng.js";
import type { PortRequirement } from "./circuit-family.js";

/**
 * Tokens of a scheme, numbered from 0. The first three are the same in every scheme:
 * 0 padding, 1 the start of a circuit, 2 its end.
 */
export interface Vocabulary {
  readonly tokens: readonly string[];
  /** Throws a coded error naming the token when it is unknown. */
  id(token: string): number;
  has(token: string): boolean;
}

/** What a sentence must be about. Schemes that cannot condition on a thing say so in their capabilities. */
export interface Conditions {
  /** Written before the circuit, for the model to go by. */
  readonly family?: string;
  /** Exactly so many devices, written before the circuit and kept by the grammar; or a bound, kept by the grammar alone. */
  readonly deviceCount?: number | { readonly atMost: number };
  /** Exactly these ports, VSS always among them. Kept by the grammar alone: no token says it. */
  readonly ports?: readonly string[];
  /**
   * Of each of these kinds at least and at most so many ports, of other kinds none but VSS. Kept by the grammar alone, which
   * may hold to the lowest numbers of a kind. What {@link ports} says goes before it.
   */
  readonly portKinds?: readonly PortCount[];
}

/** How many ports of a kind a circuit must and may have. */
export type PortCount = Pick<PortRequirement, "kind" | "minimum" | "maximum">;

/** Conditions for which a vocabulary is to have words. */
export interface ConditionWords {
  readonly families?: readonly string[];
  /** Words for device counts from 1 to this. */
  readonly mostDevices?: number;
  /** Ports that can be asked for although no circuit has them. */
  readonly ports?: readonly string[];
}

/** The grammar of a scheme as an incremental automaton: one for each sentence that is being written. */
export interface GrammarState {
  /** Sets `mask[id] = 1` for every token that may come next, 0 for every other. Length: the vocabulary's. */
  allowedNext(mask: Uint8Array): void;
  /**
   * For grammars whose exact mask is dear: sets `mask[id] = 1` at least for every token that {@link GrammarState.allowedNext}
   * would. Who draws a token from it asks {@link allows}, and strikes out what is refused before drawing again: that gives the
   * same chances as the exact mask.
   */
  candidates?(mask: Uint8Array): void;
  /** Whether a candidate is allowed indeed. There if {@link candidates} is. */
  allows?(id: number): boolean;
  /** Throws a coded error when the token is not allowed. */
  push(id: number): void;
  /**
   * From here on allows only what leads to the nearest end. Asked for when the model would end the sentence and may not yet, because
   * something is still open: it does not see what, and would write on at random. Does nothing where so many devices are asked for
   * that the end is far by intent.
   */
  endSoon?(): void;
  readonly finished: boolean;
}

export interface SchemeCapabilities {
  readonly conditions: readonly (keyof Conditions)[];
  /**
   * `complete`: a finished sentence always decodes and every sentence can be finished within the limit.
   * `legal`: moreover its circuit obeys the electrical rules.
   * `partial`: rules out only some of what cannot decode.
   */
  readonly grammar: "partial" | "complete" | "legal";
  /** Whether encoding a circuit twice may give different sentences. */
  readonly augments: boolean;
}

/** Contract: how a circuit becomes tokens and back. */
export interface TokenizationScheme {
  readonly name: string;
  capabilities(): SchemeCapabilities;
  /** The vocabulary that these circuits and conditions need. Deterministic: it does not depend on their order. */
  vocabulary(circuits: Iterable<Circuit>, conditions?: ConditionWords): Vocabulary;
  /**
   * The sentence without start and end tokens, led by what the conditions say. Throws a coded error when the circuit cannot
   * be written (a device type or more devices than the vocabulary has).
   */
  encode(circuit: Circuit, rng: Rng, conditions?: Conditions): readonly string[];
  /** Throws {@link DecodeError} saying at which token and why the sentence is no circuit. */
  decode(tokens: readonly string[]): Circuit;
  /** @param maxTokens longest sentence allowed, start and end tokens left out */
  grammar(vocabulary: Vocabulary, maxTokens: number, conditions?: Conditions): GrammarState;
}
