import type { Circuit } from "../../circuit/circuit.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { GrammarState, TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { checkLegal, SENTENCES } from "./complete-grammar.js";
import { writeAtRandom } from "./drive-grammar.js";

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
          const hurried = writeAtRandom(start(), vocabulary, 2 * longest, createRng(sentence), before);
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
