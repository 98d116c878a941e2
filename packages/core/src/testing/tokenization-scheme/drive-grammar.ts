import type { Circuit } from "../../circuit/circuit.js";
import type { Conditions, GrammarState, TokenizationScheme, Vocabulary } from "../../contracts/tokenization-scheme.js";
import { END_ID } from "../../language-model/vocabulary.js";
import { createRng, type Rng } from "../../runtime/rng.js";
import { promise } from "../conformance-check.js";

/**
 * Writes a sentence by random choice under a random limit; returns its circuit. Conditions are given room to spare: near its
 * limit a grammar may rule out what could just be finished.
 */
export function driveGrammar(
  scheme: TokenizationScheme,
  vocabulary: Vocabulary,
  circuits: readonly Circuit[],
  conditions: Conditions,
  rng: Rng,
): Circuit {
  const longest = Math.max(...circuits.map((circuit) => scheme.encode(circuit, createRng(0)).length));
  const room = Object.keys(conditions).length === 0 ? longest : 3 * longest;
  const maxTokens = room + rng.integer(longest);
  return scheme.decode(writeAtRandom(scheme.grammar(vocabulary, maxTokens, conditions), vocabulary, maxTokens, rng));
}

/**
 * Tokens of a sentence by random choice.
 * @param endSoonAt tokens after which the nearest end is asked for
 */
export function writeAtRandom(
  state: GrammarState,
  vocabulary: Vocabulary,
  maxTokens: number,
  rng: Rng,
  endSoonAt = Infinity,
): readonly string[] {
  const mask = new Uint8Array(vocabulary.tokens.length);
  const tokens: string[] = [];
  while (!state.finished) {
    if (tokens.length === endSoonAt) state.endSoon?.();
    const id = choose(state, mask, rng);
    promise(id >= 0, `the grammar is at a dead end after ${tokens.length} of ${maxTokens} tokens: ${tokens.join(" ")}`);
    state.push(id);
    if (id !== END_ID) tokens.push(vocabulary.tokens[id] ?? "");
    promise(tokens.length <= maxTokens, `the grammar lets a sentence grow beyond its limit of ${maxTokens} tokens`);
  }
  return tokens;
}

/** A random allowed token, -1 when there is none. */
function choose(state: GrammarState, mask: Uint8Array, rng: Rng): number {
  mask.fill(255);
  if (state.candidates === undefined) state.allowedNext(mask);
  else state.candidates(mask);
  const allowed: number[] = [];
  mask.forEach((value, id) => {
    promise(value <= 1, `the grammar leaves ${value} in the mask at ${id}; it must be 0 or 1`);
    if (value === 1) allowed.push(id);
  });
  return rng.shuffle(allowed).find((id) => state.allows?.(id) ?? true) ?? -1;
}
