import type { Circuit } from "../../circuit/circuit.js";
import type { TokenizationScheme, Vocabulary } from "../../contracts/tokenization-scheme.js";
import { END_ID } from "../../language-model/vocabulary.js";
import { TopogenieError } from "../../runtime/error.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** Every grammar, complete or partial. */
export function grammar(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  return [
    {
      name: "has a grammar that allows what it writes",
      run: () => {
        for (const circuit of circuits) checkOwnSentence(scheme, scheme.vocabulary(circuits), circuit);
      },
    },
    {
      name: "has a grammar that throws a coded error at a token not allowed",
      run: () => checkRefusal(scheme, scheme.vocabulary(circuits)),
    },
  ];
}

function checkOwnSentence(scheme: TokenizationScheme, vocabulary: Vocabulary, circuit: Circuit): void {
  const tokens = scheme.encode(circuit, createRng("grammar"));
  // Room to spare: near its limit a grammar may rule out what could just be finished.
  const state = scheme.grammar(vocabulary, 2 * tokens.length + 200);
  const mask = new Uint8Array(vocabulary.tokens.length);
  for (const id of [...tokens.map((token) => vocabulary.id(token)), END_ID]) {
    promise(!state.finished, `"${circuit.name}": the grammar is finished before the sentence is`);
    state.allowedNext(mask);
    promise(
      mask[id] === 1,
      `"${circuit.name}": the grammar does not allow "${vocabulary.tokens[id] ?? ""}" in the scheme's own sentence`,
    );
    state.push(id);
  }
  promise(state.finished, `"${circuit.name}": the grammar is not finished after the end token`);
}

function checkRefusal(scheme: TokenizationScheme, vocabulary: Vocabulary): void {
  const state = scheme.grammar(vocabulary, 1000);
  const mask = new Uint8Array(vocabulary.tokens.length);
  state.allowedNext(mask);
  const refused = mask.indexOf(0);
  promise(refused >= 0, "the grammar allows every token at the start, padding included");
  try {
    state.push(refused);
  } catch (error) {
    promise(error instanceof TopogenieError, `push() must throw a coded error, not ${String(error)}`);
    return;
  }
  throw new Error(`push() took token ${refused}, which is not allowed`);
}
