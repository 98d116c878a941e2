import type { Circuit } from "../../circuit/circuit.js";
import { DecodeError } from "../../contracts/decode-error.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { specialTokens } from "../../language-model/vocabulary.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { errorOf } from "./error-of.js";

/** What is no circuit is refused, with its place. */
export function refusals(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  return [{ name: "refuses what is no circuit with a DecodeError that says where", run: () => checkRefusals(scheme, circuits) }];
}

function checkRefusals(scheme: TokenizationScheme, circuits: readonly Circuit[]): void {
  const [circuit] = circuits;
  promise(circuit !== undefined, "the suite needs circuits");
  const sentence = scheme.encode(circuit, createRng("conformance"));
  const middle = Math.floor(sentence.length / 2);
  const broken: (readonly [string, readonly string[]])[] = [
    ["an empty sentence", []],
    ["a sentence with an unknown word", [...sentence.slice(0, middle), "<no such token>", ...sentence.slice(middle)]],
    ["a sentence with a special token", [...sentence.slice(0, middle), specialTokens[0], ...sentence.slice(middle)]],
    ["one word alone", sentence.slice(0, 1)],
  ];
  for (const [what, tokens] of broken) {
    const error = errorOf(() => scheme.decode(tokens));
    promise(error instanceof DecodeError, `${what} must be refused with a DecodeError, not ${String(error)}`);
    promise(
      Number.isInteger(error.position) && error.position >= 0 && error.position <= tokens.length,
      `${what} is refused at ${error.position}, which is no position in ${tokens.length} tokens`,
    );
    promise(
      error.token === (tokens[error.position] ?? ""),
      `${what}: the error names token "${error.token}", which is not at its position`,
    );
    promise(error.reason.trim() !== "", `${what} is refused without a reason`);
  }
}
