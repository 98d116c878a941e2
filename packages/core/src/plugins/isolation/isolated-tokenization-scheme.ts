import { z } from "zod";
import type { GrammarState, TokenizationScheme, Vocabulary } from "../../contracts/tokenization-scheme.js";
import { guarded } from "./guarded.js";
import type { Seam } from "./seam.js";
import { expectShape, isArray, isCircuit } from "./shape.js";

const capabilities = z.looseObject({
  conditions: z.array(z.enum(["family", "deviceCount", "ports", "portKinds"])),
  grammar: z.enum(["partial", "complete", "legal"]),
  augments: z.boolean(),
});

const vocabulary = z.looseObject({ tokens: z.array(z.string()).min(4) });

export function isolatedTokenizationScheme(scheme: TokenizationScheme, seam: Seam): TokenizationScheme {
  expectShape(seam, "create", z.looseObject({ name: z.string().min(1) }), scheme);
  const able = seam.call("capabilities", () => scheme.capabilities());
  expectShape(seam, "capabilities", capabilities, able);
  return guarded<TokenizationScheme>({
    name: scheme.name,
    capabilities: () => able,
    vocabulary: (circuits, conditions) => {
      const words = seam.call("vocabulary", () => scheme.vocabulary(circuits, conditions));
      expectShape(seam, "vocabulary", vocabulary, words);
      return words;
    },
    encode: (circuit, rng, conditions) => {
      const tokens = seam.call("encode", () => scheme.encode(circuit, rng, conditions));
      seam.expect(isArray(tokens) && tokens.length > 0, "encode", () => "an array of tokens is expected");
      return tokens;
    },
    decode: (tokens) => {
      const circuit = seam.call("decode", () => scheme.decode(tokens));
      seam.expect(isCircuit(circuit), "decode", () => "a Circuit of @topogenie/core is expected, or a DecodeError");
      return circuit;
    },
    grammar: (words, maxTokens, conditions) =>
      isolatedGrammar(
        seam.call("grammar", () => scheme.grammar(words, maxTokens, conditions)),
        words,
        seam,
      ),
  });
}

function isolatedGrammar(state: GrammarState, words: Vocabulary, seam: Seam): GrammarState {
  return guarded<GrammarState>({
    get finished() {
      return state.finished;
    },
    allowedNext: (mask) => seam.call("grammar.allowedNext", () => state.allowedNext(mask)),
    push: (id) => {
      seam.call("grammar.push", () => state.push(id));
      seam.expect(
        typeof state.finished === "boolean",
        "grammar.push",
        () => `finished is ${String(state.finished)} after "${words.tokens[id] ?? ""}"`,
      );
    },
    candidates:
      state.candidates === undefined ? undefined : (mask) => seam.call("grammar.candidates", () => state.candidates?.(mask)),
    endSoon: state.endSoon === undefined ? undefined : () => seam.call("grammar.endSoon", () => state.endSoon?.()),
    allows: state.allows === undefined ? undefined : (id) => seam.call("grammar.allows", () => state.allows?.(id) ?? true),
  });
}
