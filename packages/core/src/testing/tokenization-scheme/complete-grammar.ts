import type { Circuit } from "../../circuit/circuit.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { createRng } from "../../runtime/rng.js";
import type { BehaviourCheck } from "../conformance-check.js";
import { driveGrammar } from "./drive-grammar.js";

/** Sentences driven by chance. */
export const SENTENCES = 200;

/** A grammar that says it is complete is driven by random choice. */
export function completeGrammar(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  if (scheme.capabilities().grammar === "partial") return [];
  return [
    {
      name: "has a grammar without dead ends, whose sentences all decode",
      run: () => {
        const vocabulary = scheme.vocabulary(circuits);
        for (let sentence = 0; sentence < SENTENCES; sentence++)
          driveGrammar(scheme, vocabulary, circuits, {}, createRng(sentence));
      },
    },
  ];
}
