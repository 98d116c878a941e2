import { canonicalForm } from "../circuit/canonical/canonical-form.js";
import type { Circuit } from "../circuit/circuit.js";
import { DecodeError } from "../contracts/decode-error.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { TokenizationScheme, Vocabulary } from "../contracts/tokenization-scheme.js";
import { restoreVocabulary, specialTokens } from "../language-model/vocabulary.js";
import { TopogenieError } from "../runtime/error.js";
import { createRng } from "../runtime/rng.js";
import { promise, type ConformanceCheck } from "./conformance-check.js";
import { grammarConformance } from "./tokenization-grammar-conformance.js";

/**
 * What every tokenization scheme promises, for a plugin's own tests.
 *
 * @param circuits several different circuits, all of which the scheme can write
 */
export function tokenizationSchemeConformance(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly ConformanceCheck[] {
  const vocabulary = (): Vocabulary => scheme.vocabulary(circuits);
  const check = (name: string, run: () => void): ConformanceCheck => ({ name: `${scheme.name}: ${name}`, run });
  return [
    check("numbers its tokens from 0, padding, start and end first", () => checkVocabulary(vocabulary())),
    check("makes the same vocabulary whatever the order of circuits", () => checkVocabularyOrder(scheme, circuits)),
    check("writes only tokens of the vocabulary, and no special ones", () => {
      const words = vocabulary();
      for (const circuit of circuits) {
        for (const token of scheme.encode(circuit, createRng("conformance"))) {
          const written = `circuit "${circuit.name}" is written with token "${token}"`;
          promise(words.has(token), `${written}, which is not in its vocabulary`);
          promise(words.id(token) >= specialTokens.length, `${written}, which is special`);
        }
      }
    }),
    check("reads back the topology that it wrote", () => {
      for (const circuit of circuits) {
        for (let walk = 0; walk < 5; walk++) {
          const decoded = scheme.decode(scheme.encode(circuit, createRng(`conformance/${walk}`)));
          const same = canonicalForm(decoded, deviceTypes) === canonicalForm(circuit, deviceTypes);
          promise(same, `circuit "${circuit.name}" comes back as another topology`);
          const ports = [...decoded.ports].sort().join(" ");
          promise(ports === [...circuit.ports].sort().join(" "), `circuit "${circuit.name}" comes back with ports ${ports}`);
        }
      }
    }),
    check("writes the same sentence from the same random numbers", () => {
      for (const circuit of circuits) {
        const [one, two] = [1, 2].map(() => scheme.encode(circuit, createRng("conformance")).join(" "));
        promise(one === two, `circuit "${circuit.name}" is written in two ways from one seed`);
      }
    }),
    check("augments as it says", () => checkAugmentation(scheme, circuits)),
    check("refuses what is no circuit with a DecodeError that says where", () => checkRefusals(scheme, circuits)),
    ...grammarConformance(scheme, circuits),
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

function checkAugmentation(scheme: TokenizationScheme, circuits: readonly Circuit[]): void {
  const { augments } = scheme.capabilities();
  const several = circuits.filter((circuit) => {
    const sentences = new Set(Array.from({ length: 8 }, (_, walk) => scheme.encode(circuit, createRng(walk)).join(" ")));
    return sentences.size > 1;
  });
  promise(augments || several.length === 0, `augments is false, but "${several[0]?.name ?? ""}" is written in several ways`);
  promise(!augments || several.length > 0, "augments is true, but no circuit is written in more than one way");
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

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
