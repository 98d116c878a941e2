import { checkRules, createRng, DecodeError, type Circuit } from "@topogenie/core";
import {
  commonSource,
  differentialPair,
  exampleCircuit,
  exampleDeviceTypes,
  ladder,
  oneOfEach,
  tokenizationSchemeConformance,
} from "@topogenie/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import plugin, { adjacencyOptions, AdjacencyScheme } from "../src/index.js";

const scheme = (options: Record<string, unknown> = {}): AdjacencyScheme =>
  new AdjacencyScheme(adjacencyOptions.parse(options), exampleDeviceTypes);

describe.each(["random", "circuit"])("conformance, pins %s", (pins) => {
  const circuits = [commonSource, differentialPair, oneOfEach, ladder(6)];
  it.each(tokenizationSchemeConformance(scheme({ pins }), circuits, exampleDeviceTypes))("$name", ({ run }) => run());
});

describe("rows", () => {
  it("are devices breadth first, each with its edges to those before it", () => {
    const follower = exampleCircuit(
      "follower",
      ["VSS", "VDD", "VIN1"],
      ["nmos4", "VDD", "VIN1", "a", "b"],
      ["resistor", "b", "a"],
      ["capacitor", "VSS", "a"],
    );
    const plain = scheme({ pins: "circuit" });
    const sentences = Array.from({ length: 50 }, (_, seed) => plain.encode(follower, createRng(seed)).join(" "));
    expect([...new Set(sentences)].sort()).toEqual([
      "C: VSS @ NM: VDD VIN1 -1 .N @ R: -1 .B -1 .S",
      "C: VSS @ R: @ -1 .N NM: VDD VIN1 -1 .N -1 .P",
    ]);
  });

  it("end at the first pin of the last device on a net, the device itself among them", () => {
    const diode: Circuit = exampleCircuit("diode", ["VSS", "VDD"], ["nmos4", "a", "a", "VSS", "VSS"], ["resistor", "VDD", "a"]);
    expect(scheme({ pins: "circuit" }).encode(diode, createRng(1)).join(" ")).toBe("NM: @ -0 .D VSS VSS R: VDD -1 .D");
  });

  it.each([
    ["VSS R: VSS VDD", "0 VSS: an edge stands here, but the device before it has all of its own."],
    ["NM: VSS VDD R: VSS VDD", "3 R:: the nmos4 before it lacks the net of its S."],
    ["NM: VSS VDD", "3 : the nmos4 at the end lacks the net of its S."],
    ["R: -1 .P", "1 -1: so many devices have not been written."],
    ["R: -0 .P", "2 .P: this pin is on no net yet."],
    ["R: @ -0 .D", "3 .D: a resistor has no such pin."],
    ["R: @ -0 VSS", "3 VSS: an edge must say at which pin it ends."],
    ["R: @ .P", "2 .P: a pin stands here without a device at which it is."],
    ["R: @ -0", "3 : the last edge does not say at which pin it ends."],
    ["<family:opamp>", "1 : the sentence has no device."],
    ["R: @1 VSS", "1 @1: this is neither a device nor a port nor an edge."],
  ])("%s is no circuit", (sentence, refusal) => {
    try {
      scheme().decode(sentence.split(" "));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      expect(`${error.position} ${error.token}: ${error.reason}`).toBe(refusal);
    }
  });
});

describe("the grammar", () => {
  const circuits = [commonSource, differentialPair, oneOfEach, ladder(6)];
  const vocabulary = scheme().vocabulary(circuits, { mostDevices: 12 });

  it("has no dead end, and every sentence that it lets finish is a legal circuit within the limit, no larger than was seen", () => {
    const mask = new Uint8Array(vocabulary.tokens.length);
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 30, max: 400 }), (seed, limit) => {
        const state = scheme().grammar(vocabulary, limit);
        const rng = createRng(seed);
        const tokens: string[] = [];
        while (!state.finished) {
          state.allowedNext(mask);
          const allowed = [...mask.keys()].filter((id) => mask[id] === 1);
          if (allowed.length === 0) throw new Error(`dead end after ${tokens.join(" ")}`);
          const id = allowed[rng.integer(allowed.length)] as number;
          state.push(id);
          if (id !== 2) tokens.push(vocabulary.tokens[id] ?? "");
        }
        const decoded = scheme().decode(tokens);
        expect(tokens.length).toBeLessThanOrEqual(limit);
        expect(decoded.devices.length).toBeLessThanOrEqual(12);
        expect(checkRules(decoded, exampleDeviceTypes)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ deviceCount: 13 }, "Circuits of 13 devices were asked for"],
    [{ ports: ["VCLK1"] }, 'The conditions ask for port "VCLK1", which this vocabulary does not have.'],
    [{ ports: ["VSS"], deviceCount: 1 }, "No legal circuit of this vocabulary can be written"],
  ])("%j cannot be met", (conditions, message) => {
    expect(() => scheme().grammar(vocabulary, 100, conditions)).toThrow(message);
  });

  it("refuses a vocabulary of another scheme", () => {
    const other = { tokens: ["", "", "", "NM1_D!"], id: () => 3, has: () => true };
    expect(() => scheme().grammar(other, 100)).toThrow('Token "NM1_D!" of this vocabulary does not fit the scheme "adjacency"');
  });
});

it("is provided by the plugin, with options that may all be left out", () => {
  const provided = plugin.provides.find(({ name }) => name === "adjacency");
  expect(provided?.kind).toBe("tokenization-scheme");
  expect(provided?.options.parse({})).toEqual({ pins: "random" });
});
