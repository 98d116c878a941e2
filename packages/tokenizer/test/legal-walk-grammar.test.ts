import { checkRules, createRng, type Conditions, type DeviceType, type GrammarState, type Vocabulary } from "@topogenie/core";
import { tokenizationSchemeConformance } from "@topogenie/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EulerianScheme } from "../src/eulerian-scheme.js";
import { eulerianOptions } from "../src/options.js";
import { bandgapCore, circuit, commonSource } from "./circuits.js";
import { deviceTypes as plainTypes } from "./device-types.js";

const electrical: Readonly<Record<string, Pick<DeviceType, "spiceLetter" | "conduction">>> = {
  nmos4: { spiceLetter: "m", conduction: [["D", "S"]] },
  npn: { spiceLetter: "q", conduction: [["C", "E"]] },
  resistor: { spiceLetter: "r", conduction: [["P", "N"]] },
  capacitor: { spiceLetter: "c", conduction: [] },
};
const deviceTypes: ReadonlyMap<string, DeviceType> = new Map(
  [...plainTypes].map(([name, type]) => [name, { ...type, ...electrical[name] }]),
);

const amplifier = circuit(
  "amplifier",
  ["VSS", "VDD", "VIN1", "VOUT1"],
  ["nmos4", "a", "VIN1", "tail", "VSS"],
  ["nmos4", "VOUT1", "a", "tail", "VSS"],
  ["npn", "tail", "VIN1", "VSS"],
  ["resistor", "VDD", "a"],
  ["resistor", "VDD", "VOUT1"],
  ["resistor", "VDD", "VIN1"],
  ["capacitor", "a", "VOUT1"],
);

describe.each(["star", "clique"] as const)("the grammar that enforces the rules, with port pins as a %s", (portPins) => {
  const scheme = new EulerianScheme(eulerianOptions.parse({ portPins, strictness: "walk" }), deviceTypes);
  it.each(tokenizationSchemeConformance(scheme, [commonSource, bandgapCore, amplifier], deviceTypes))("$name", ({ run }) =>
    run(),
  );

  it("has no dead end, and every sentence that it lets finish is a legal circuit within the limit", () => {
    const vocabulary = scheme.vocabulary([amplifier]);
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 12, max: 120 }), fc.boolean(), (seed, limit, isAsked) => {
        const conditions: Conditions = isAsked ? { ports: ["VSS", "VDD", "VOUT1"] } : {};
        const state = started(() => scheme.grammar(vocabulary, limit, conditions));
        if (state === undefined) return;
        const tokens = drive(state, vocabulary, seed);
        expect(tokens.length).toBeLessThanOrEqual(limit);
        const decoded = scheme.decode(tokens);
        expect(checkRules(decoded, deviceTypes)).toEqual([]);
        if (isAsked) expect([...decoded.ports].sort()).toEqual(["VDD", "VOUT1", "VSS"]);
      }),
      { numRuns: portPins === "star" ? 150 : 50 },
    );
  });

  it("keeps to a device count, and to the kinds of ports that a family has", () => {
    const vocabulary = scheme.vocabulary([amplifier]);
    const portKinds = [
      { kind: "VIN", minimum: 1, maximum: 1 },
      { kind: "VOUT", minimum: 0, maximum: 1 },
    ];
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 80 }), (seed, devices, room) => {
        const deviceCount = seed % 2 === 0 ? devices : { atMost: devices };
        const state = started(() => scheme.grammar(vocabulary, 12 * devices + room, { deviceCount, portKinds }));
        if (state === undefined) return;
        const decoded = scheme.decode(drive(state, vocabulary, seed));
        expect(checkRules(decoded, deviceTypes)).toEqual([]);
        expect(decoded.ports).toContain("VIN1");
        expect(decoded.ports).not.toContain("VDD");
        if (seed % 2 === 0) expect(decoded.devices.length).toBe(devices);
        else expect(decoded.devices.length).toBeLessThanOrEqual(devices);
      }),
      { numRuns: portPins === "star" ? 150 : 50 },
    );
  });

  it("has candidates among which are all that it allows", () => {
    const vocabulary = scheme.vocabulary([amplifier]);
    const [candidates, allowed] = [1, 2].map(() => new Uint8Array(vocabulary.tokens.length)) as [Uint8Array, Uint8Array];
    const state = scheme.grammar(vocabulary, 90);
    for (const token of scheme.encode(commonSource, createRng(1))) {
      state.allowedNext(allowed);
      state.candidates?.(candidates);
      allowed.forEach((isAllowed, id) => {
        expect(candidates[id] === 1 && state.allows?.(id) === true).toBe(isAllowed === 1);
      });
      state.push(vocabulary.id(token));
    }
  });
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
    state.candidates?.(mask);
    const ids = rng.shuffle([...mask.keys()].filter((id) => mask[id] === 1));
    const id = ids.find((candidate) => state.allows?.(candidate));
    if (id === undefined) throw new Error(`dead end after ${tokens.join(" ")}`);
    state.push(id);
    if (id !== 2) tokens.push(vocabulary.tokens[id] ?? "");
  }
  return tokens;
}
