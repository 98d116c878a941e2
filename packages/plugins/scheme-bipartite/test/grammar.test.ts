import { checkRules, createRng, type Conditions, type GrammarState, type Vocabulary } from "@topogenie/core";
import { commonSource, differentialPair, exampleCircuit, exampleDeviceTypes, oneOfEach } from "@topogenie/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bipartiteOptions, BipartiteScheme } from "../src/index.js";

const END = 2;

describe.each([
  ["every type", "visit", [commonSource, differentialPair, oneOfEach]],
  ["every type", "random", [commonSource, differentialPair, oneOfEach]],
  [
    "transistors alone",
    "visit",
    [exampleCircuit("pair", ["VSS", "VDD", "VIN1"], ["nmos4", "a", "VIN1", "VSS", "VSS"], ["nmos4", "VDD", "a", "a", "VSS"])],
  ],
  ["resistors alone", "visit", [exampleCircuit("divider", ["VSS", "VIN1"], ["resistor", "a", "VIN1"], ["resistor", "VSS", "a"])]],
] as const)("the grammar with %s, numbered by %s", (_, deviceNumbers, circuits) => {
  const scheme = new BipartiteScheme(bipartiteOptions.parse({ deviceNumbers }), exampleDeviceTypes);
  const vocabulary = scheme.vocabulary(circuits);

  it("has no dead end, and every sentence that it lets finish is a legal circuit within the limit", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 10, max: 120 }), (seed, limit) => {
        const state = started(() => scheme.grammar(vocabulary, limit));
        if (state === undefined) return;
        const tokens = drive(state, vocabulary, seed);
        expect(tokens.length).toBeLessThanOrEqual(limit);
        expect(checkRules(scheme.decode(tokens), exampleDeviceTypes)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps to a device count and to ports, however tight the limit", () => {
    const most = Math.max(...circuits.map(({ devices }) => devices.length));
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: most }),
        fc.subarray(vocabulary.tokens.filter((token) => /^V[A-Z]+\d*$/.test(token) && token !== "VSS")),
        fc.integer({ min: 0, max: 60 }),
        (seed, deviceCount, ports, room) => {
          const conditions: Conditions = { deviceCount, ports: ["VSS", ...ports] };
          const state = started(() => scheme.grammar(vocabulary, 6 * deviceCount + room, conditions));
          if (state === undefined) return;
          const decoded = scheme.decode(drive(state, vocabulary, seed));
          expect(decoded.devices.length).toBe(deviceCount);
          expect([...decoded.ports].sort()).toEqual(["VSS", ...ports].sort());
          expect(checkRules(decoded, exampleDeviceTypes)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

const scheme = new BipartiteScheme(bipartiteOptions.parse({}), exampleDeviceTypes);

it("refuses a vocabulary whose devices cannot mend every net", () => {
  const filter = exampleCircuit("filter", ["VSS", "VIN1"], ["inductor", "VIN1", "a"], ["capacitor", "a", "VSS"]);
  expect(() => scheme.grammar(scheme.vocabulary([filter]), 100)).toThrow(
    "No device type of this vocabulary can carry direct current between any two nets",
  );
});

it("refuses a vocabulary of another scheme", () => {
  const other: Vocabulary = { tokens: ["", "", "", "NM1_D!"], id: () => 3, has: () => true };
  expect(() => scheme.grammar(other, 100)).toThrow('Token "NM1_D!" of this vocabulary does not fit the scheme "bipartite"');
});

/** The automaton, or nothing when no circuit fits. */
function started(make: () => GrammarState): GrammarState | undefined {
  try {
    return make();
  } catch (error) {
    expect((error as { code?: string }).code).toBe("GRAMMAR_LIMIT");
    return undefined;
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
