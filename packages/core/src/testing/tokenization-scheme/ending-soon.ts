import type { Circuit } from "../../circuit/circuit.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { GrammarState, TokenizationScheme, Vocabulary } from "../../contracts/tokenization-scheme.js";
import { createRng, type Rng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { checkLegal, SENTENCES } from "./complete-grammar.js";
import { pushAtRandom, writeAtRandom } from "./drive-grammar.js";

/** A grammar that can be asked for the nearest end is asked in the midst of sentences that are written by random choice. */
export function endingSoon(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly BehaviourCheck[] {
  const vocabulary = scheme.vocabulary(circuits);
  const longest = Math.max(...circuits.map((circuit) => scheme.encode(circuit, createRng(0)).length));
  const start = (): GrammarState => scheme.grammar(vocabulary, 2 * longest, {});
  const { grammar } = scheme.capabilities();
  if (grammar === "partial" || start().endSoon === undefined) return [];
  return [
    {
      name: "has a grammar that ends sooner when it is asked to, wherever that is, and as well",
      run: () => {
        let asked = 0;
        let unasked = 0;
        for (let sentence = 0; sentence < SENTENCES; sentence++) {
          const before = createRng(sentence).fork("before").integer(longest);
          const hurried = write(start(), vocabulary, 2 * longest, before, createRng(sentence));
          const circuit = scheme.decode(hurried);
          if (grammar === "legal") checkLegal(circuit, deviceTypes);
          asked += hurried.length;
          unasked += writeAtRandom(start(), vocabulary, 2 * longest, createRng(sentence)).length;
        }
        promise(
          asked < unasked,
          `sentences that are asked to end soon have ${(asked / SENTENCES).toFixed(1)} tokens, others ${(unasked / SENTENCES).toFixed(1)}`,
        );
      },
    },
  ];
}

/** Asks for the nearest end after so many tokens. */
function write(state: GrammarState, vocabulary: Vocabulary, maxTokens: number, before: number, rng: Rng): readonly string[] {
  const tokens: string[] = [];
  while (!state.finished && tokens.length < before) pushAtRandom(state, vocabulary, tokens, maxTokens, rng);
  if (!state.finished) state.endSoon?.();
  while (!state.finished) pushAtRandom(state, vocabulary, tokens, maxTokens, rng);
  return tokens;
}
