import type { Circuit } from "../../circuit/circuit.js";
import type { TokenizationScheme, Vocabulary } from "../../contracts/tokenization-scheme.js";
import { restoreVocabulary, specialTokens } from "../../language-model/vocabulary.js";
import { TopogenieError } from "../../runtime/error.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { errorOf } from "./error-of.js";

/** The words that it has. */
export function vocabulary(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  return [
    { name: "numbers its tokens from 0, padding, start and end first", run: () => checkVocabulary(scheme.vocabulary(circuits)) },
    { name: "makes the same vocabulary whatever the order of circuits", run: () => checkVocabularyOrder(scheme, circuits) },
  ];
}

function checkVocabulary(vocabulary: Vocabulary): void {
  const { tokens } = vocabulary;
  promise(tokens.length > specialTokens.length, "the vocabulary has no tokens but the special ones");
  specialTokens.forEach((token, id) =>
    promise(tokens[id] === token, `token ${id} is "${tokens[id] ?? ""}" and must be "${token}"`),
  );
  tokens.forEach((token, id) => {
    promise(vocabulary.has(token) && vocabulary.id(token) === id, `token "${token}" stands at ${id}, but id() says otherwise`);
  });
  const restored = restoreVocabulary(JSON.parse(JSON.stringify({ tokens })) as { tokens: string[] });
  promise(restored.tokens.join("\n") === tokens.join("\n"), "the vocabulary does not survive being written as JSON");
  const unknown = "<no such token>";
  promise(!vocabulary.has(unknown), `has("${unknown}") is true`);
  const error = errorOf(() => vocabulary.id(unknown));
  promise(
    error instanceof TopogenieError && error.message.includes(unknown),
    `id("${unknown}") must throw a coded error naming the token, not ${String(error)}`,
  );
}

function checkVocabularyOrder(scheme: TokenizationScheme, circuits: readonly Circuit[]): void {
  const tokens = scheme.vocabulary(circuits).tokens.join(" ");
  for (const order of [[...circuits].reverse(), createRng("order").shuffle(circuits), [...circuits, ...circuits]]) {
    promise(scheme.vocabulary(order).tokens.join(" ") === tokens, "the vocabulary changes with the order of the circuits");
  }
}
