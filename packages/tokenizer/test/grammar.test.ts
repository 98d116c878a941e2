import { createRng, DecodeError, type GrammarState, type TokenizationScheme, type Vocabulary } from "@topogenie/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCircuit, cascode, circuit } from "./circuits.js";
import { scheme } from "./schemes.js";

const END = 2;

/** Eight devices of every type, two to four pins each, and four ports. */
const plenty = circuit(
  "plenty",
  ["VSS", "VDD", "VIN1", "VOUT1"],
  ...["nmos4", "npn", "resistor", "capacitor"].flatMap((type) =>
    Array.from({ length: 8 }, (): readonly [string, ...string[]] => [type, "VSS"]),
  ),
);

describe.each(["star", "clique"] as const)("the grammar without rules, with port pins as a %s", (portPins) => {
  const strict = scheme({ portPins, strictness: "walk", rules: "ignore" });

  it("never comes to a dead end in tens of thousands of random choices, and every sentence that it lets finish is an exact walk within the limit", () => {
    const vocabulary = strict.vocabulary([plenty]);
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 9, max: 150 }), (seed, limit) => {
        const tokens = drive(strict.grammar(vocabulary, limit), vocabulary, seed);
        expect(tokens.length).toBeLessThanOrEqual(limit);
        strict.decode(tokens);
      }),
      { numRuns: 1000 },
    );
  });

  it("has no dead end when devices are so few that left parts can hardly be reached again", () => {
    const few = circuit("few", ["VSS", "VDD"], ["nmos4", "VSS"], ["resistor", "VSS"]);
    const vocabulary = strict.vocabulary([few]);
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 9, max: 60 }), (seed, limit) => {
        strict.decode(drive(strict.grammar(vocabulary, limit), vocabulary, seed));
      }),
      { numRuns: 200 },
    );
  });

  it("allows every walk of every circuit when there is room to spare", () => {
    const vocabulary = strict.vocabulary([plenty]);
    fc.assert(
      fc.property(anyCircuit, fc.integer(), (drawn, seed) => {
        const tokens = strict.encode(drawn, createRng(seed));
        const state = strict.grammar(vocabulary, tokens.length + 200);
        for (const token of tokens) state.push(vocabulary.id(token));
        state.push(END);
        expect(state.finished).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    { longest: 11, small: circuit("small", ["VSS", "VDD"], ["resistor", "VSS", "VDD"]) },
    { longest: 13, small: circuit("small", ["VSS"], ["resistor", "VSS", "VSS"], ["resistor", "VSS", "VSS"]) },
  ])("allows every sentence that decodes, among all of up to $longest tokens", ({ longest, small }) => {
    const vocabulary = strict.vocabulary([small]);
    const legal = everyWalk(vocabulary, longest).filter((tokens) => decodes(strict, tokens));
    expect(legal.length).toBeGreaterThan(5);
    for (const tokens of legal) {
      const state = strict.grammar(vocabulary, longest + 20);
      for (const token of tokens) state.push(vocabulary.id(token));
      state.push(END);
      expect(state.finished).toBe(true);
    }
  });

  it("gives circuits exactly the ports asked for", () => {
    const vocabulary = strict.vocabulary([plenty]);
    fc.assert(
      fc.property(
        fc.integer(),
        fc.subarray(["VDD", "VIN1", "VOUT1"]),
        fc.integer({ min: 40, max: 120 }),
        (seed, ports, limit) => {
          const state = strict.grammar(vocabulary, limit, { ports: ["VSS", ...ports] });
          const decoded = strict.decode(drive(state, vocabulary, seed));
          expect([...decoded.ports].sort()).toEqual(["VSS", ...ports].sort());
        },
      ),
    );
  });
});

describe("what a grammar without rules refuses", () => {
  const vocabulary = scheme().vocabulary([cascode]);

  it("a limit that no circuit fits", () => {
    expect(() => scheme({ rules: "ignore" }).grammar(vocabulary, 6)).toThrow(
      "No legal circuit of this vocabulary can be written in 6 tokens. Allow more tokens, or ask for less.",
    );
    expect(() => scheme({ rules: "ignore" }).grammar(vocabulary, 7)).not.toThrow();
    expect(() => scheme({ rules: "ignore" }).grammar(vocabulary, 8, { ports: ["VSS", "VDD", "VIN1"] })).toThrow(
      "can be written in 8 tokens with the ports VSS, VIN1, VDD.",
    );
  });

  it("a port that the vocabulary does not have", () => {
    expect(() => scheme({ rules: "ignore" }).grammar(vocabulary, 50, { ports: ["VSS", "VCLK1"] })).toThrow(
      'The conditions ask for port "VCLK1", which this vocabulary does not have.',
    );
  });

  it("a token that may not follow", () => {
    const state = scheme({ rules: "ignore" }).grammar(vocabulary, 50);
    expect(() => state.push(vocabulary.id("VDD"))).toThrow(
      `Token ${vocabulary.id("VDD")} may not follow here, after 0 tokens of this sentence.`,
    );
  });

  it("a vocabulary of another scheme", () => {
    const words = [...vocabulary.tokens.slice(3), "<conditions>"];
    const other: Vocabulary = {
      tokens: ["", "", "", ...words],
      id: (token) => words.indexOf(token) + 3,
      has: (token) => words.includes(token),
    };
    expect(() => scheme({ rules: "ignore" }).grammar(other, 50)).toThrow(
      'Token "<conditions>" of this vocabulary does not fit the scheme "eulerian"',
    );
  });
});

function decodes(scheme: TokenizationScheme, tokens: readonly string[]): boolean {
  try {
    scheme.decode(tokens);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/** Writes a sentence by random choice; throws at a dead end. */
function drive(state: GrammarState, vocabulary: Vocabulary, seed: number): string[] {
  const rng = createRng(seed);
  const mask = new Uint8Array(vocabulary.tokens.length);
  const tokens: string[] = [];
  while (!state.finished) {
    state.allowedNext(mask);
    const allowed = [...mask.keys()].filter((id) => mask[id] === 1);
    const id = allowed[rng.integer(Math.max(1, allowed.length))];
    if (id === undefined) throw new Error(`dead end after ${tokens.join(" ")}`);
    state.push(id);
    if (id !== END) tokens.push(vocabulary.tokens[id] ?? "");
  }
  return tokens;
}

/**
 * Every sentence from VSS by R1_P (the other beginnings differ only in names) to VSS that uses no arc twice and steps only where a pin graph can have an edge. Sentences that
 * could not take every edge back within the limit are not followed further.
 */
function everyWalk(vocabulary: Vocabulary, longest: number): string[][] {
  const words = vocabulary.tokens.slice(3);
  const found: string[][] = [];
  const device = (word: string): string => word.split("_")[0] ?? "";
  const isPin = (word: string): boolean => word.includes("_");
  const isPort = (word: string): boolean => word.startsWith("V");
  const mayFollow = (from: string, to: string): boolean =>
    from !== to &&
    (isPin(from) ? isPin(to) || isPort(to) || device(from) === to : isPin(to) && (isPort(from) || device(to) === from));
  const used = new Set(["VSS R1_P"]);
  const walk = ["VSS", "R1_P"];
  const go = (owed: number): void => {
    const here = walk.at(-1) ?? "";
    if (here === "VSS" && owed === 0) found.push([...walk]);
    for (const to of words) {
      const arc = `${here} ${to}`;
      if (!mayFollow(here, to) || used.has(arc)) continue;
      const owedThen = owed + (used.has(`${to} ${here}`) ? -1 : 1);
      if (walk.length + 1 + owedThen > longest) continue;
      used.add(arc);
      walk.push(to);
      go(owedThen);
      walk.pop();
      used.delete(arc);
    }
  };
  go(1);
  return found;
}
