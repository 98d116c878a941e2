import type { Circuit } from "../../circuit/circuit.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { specialTokens } from "../../language-model/vocabulary.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** What it writes. */
export function sentences(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  return [
    {
      name: "writes only tokens of the vocabulary, and no special ones",
      run: () => {
        const words = scheme.vocabulary(circuits);
        for (const circuit of circuits) {
          for (const token of scheme.encode(circuit, createRng("conformance"))) {
            const written = `circuit "${circuit.name}" is written with token "${token}"`;
            promise(words.has(token), `${written}, which is not in its vocabulary`);
            promise(words.id(token) >= specialTokens.length, `${written}, which is special`);
          }
        }
      },
    },
    {
      name: "writes the same sentence from the same random numbers",
      run: () => {
        for (const circuit of circuits) {
          const [one, two] = [1, 2].map(() => scheme.encode(circuit, createRng("conformance")).join(" "));
          promise(one === two, `circuit "${circuit.name}" is written in two ways from one seed`);
        }
      },
    },
    { name: "augments as it says", run: () => checkAugmentation(scheme, circuits) },
  ];
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
