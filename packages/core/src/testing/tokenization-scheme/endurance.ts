import type { Circuit } from "../../circuit/circuit.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { bytesLeftBehind } from "../memory-held.js";

const SENTENCES = 30;
/** A vocabulary that is kept, or what a grammar has prepared for it, is more. */
const MOST_BYTES = 1000;

/** A run writes and reads sentences by the hundred thousand. */
export function endurance(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  return [
    {
      name: "holds on to nothing of sentences, grammars and vocabularies that are done with",
      run: () => {
        const grown = bytesLeftBehind(SENTENCES, MOST_BYTES, (number) => writeAndRead(scheme, circuits, number));
        promise(grown < MOST_BYTES, `memory grew by ${grown.toFixed(0)} bytes a sentence`);
      },
    },
  ];
}

/** With a vocabulary of its own, since whoever keeps something for each keeps it for ever. */
function writeAndRead(scheme: TokenizationScheme, circuits: readonly Circuit[], number: number): void {
  const circuit = circuits[number % circuits.length];
  promise(circuit !== undefined, "the suite needs circuits");
  const vocabulary = scheme.vocabulary(circuits);
  const sentence = scheme.encode(circuit, createRng(number));
  scheme.decode(sentence);
  const state = scheme.grammar(vocabulary, 2 * sentence.length + 200);
  state.allowedNext(new Uint8Array(vocabulary.tokens.length));
  // Its beginning will do, and near its end a grammar may rule out what could just be finished.
  for (const token of sentence.slice(0, 8)) state.push(vocabulary.id(token));
}
