import { canonicalForm, createRng, DecodeError } from "@topogenie/core";
import {
  commonSource,
  differentialPair,
  exampleCircuit,
  exampleDeviceTypes,
  ladder,
  oneOfEach,
  tokenizationSchemeConformance,
} from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import plugin, { netlistOptions, NetlistScheme } from "../src/index.js";

const scheme = (options: Record<string, unknown> = {}): NetlistScheme =>
  new NetlistScheme(netlistOptions.parse(options), exampleDeviceTypes);

describe.each([
  ["depth-first", "random"],
  ["breadth-first", "random"],
  ["circuit", "random"],
  ["circuit", "circuit"],
])("conformance, devices %s, pins %s", (order, pins) => {
  const checks = tokenizationSchemeConformance(
    scheme({ order, pins }),
    [commonSource, differentialPair, oneOfEach, ladder(6)],
    exampleDeviceTypes,
  );
  it.each(checks)("$name", ({ run }) => run());
});

describe("sentences", () => {
  it("are the devices with their nets, internal ones numbered by first use", () => {
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
      "C: VSS @1 NM: VDD VIN1 @1 @2 R: @2 @1",
      "C: VSS @1 R: @2 @1 NM: VDD VIN1 @1 @2",
    ]);
  });

  it("grow along nets: every device but the first touches one of an earlier device, and the first VSS", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { devices } = scheme().decode(scheme().encode(oneOfEach, createRng(seed)));
      devices.forEach(({ nets }, index) => {
        const earlier = new Set(devices.slice(0, index).flatMap((device) => device.nets));
        expect(nets.some((net) => (index === 0 ? net === "VSS" : net !== "VSS" && net !== "VDD" && earlier.has(net)))).toBe(true);
      });
    }
  });

  it("keep the circuit's own order when told so, save for a device that would hang on nothing", () => {
    const own = scheme({ order: "circuit", pins: "circuit" });
    const mirrored = exampleCircuit(
      "biased",
      ["VSS", "VDD", "VIN1", "IB1", "VOUT1"],
      ["resistor", "VOUT1", "a"],
      ["nmos4", "IB1", "IB1", "VSS", "VSS"],
      ["resistor", "VDD", "a"],
      ["nmos4", "a", "IB1", "VSS", "VSS"],
      ["nmos4", "a", "VIN1", "VSS", "VSS"],
    );
    const sentences = [1, 2, 3].map((seed) => own.encode(mirrored, createRng(seed)).join(" "));
    expect([...new Set(sentences)]).toEqual(["NM: IB1 IB1 VSS VSS NM: @1 IB1 VSS VSS R: VOUT1 @1 R: VDD @1 NM: @1 VIN1 VSS VSS"]);
  });

  it("use the words of nets again, so that their number bounds no circuit", () => {
    const few = scheme({ nets: 16 });
    const long = ladder(200);
    const vocabulary = few.vocabulary([long]);
    expect(vocabulary.tokens.length).toBe(3 + 2 + 3 + 16);
    const sentence = few.encode(long, createRng(1));
    expect(canonicalForm(few.decode(sentence), exampleDeviceTypes)).toBe(canonicalForm(long, exampleDeviceTypes));
    const grammar = few.grammar(vocabulary, 2000);
    for (const token of sentence) grammar.push(vocabulary.id(token));
    grammar.push(2);
    expect(grammar.finished).toBe(true);
  });

  it("are refused when nets reach further than there are words for them", () => {
    const star = Array.from({ length: 40 }, (_, leaf): readonly [string, ...string[]] => ["resistor", "hub", `leaf${leaf}`]);
    const ends = Array.from({ length: 40 }, (_, leaf): readonly [string, ...string[]] => [
      "capacitor",
      `leaf${leaf}`,
      `leaf${(leaf + 20) % 40}`,
    ]);
    expect(() =>
      scheme({ nets: 16, order: "breadth-first" }).encode(
        exampleCircuit("hub", ["VSS"], ["resistor", "VSS", "hub"], ...star, ...ends),
        createRng(1),
      ),
    ).toThrow(
      'Circuit "hub" cannot be written as a sentence: its nets reach too far for 16 words for nets. Allow more of them in the scheme\'s option "nets".',
    );
  });

  it.each([
    [exampleCircuit("empty", ["VSS"]), "it has no device"],
    [exampleCircuit("odd port", ["VSS", "@1"], ["resistor", "VSS", "@1"]), 'its port "@1" is written like no port'],
    [
      exampleCircuit("loose port", ["VSS", "VIN1"], ["resistor", "VSS", "a"]),
      "no device touches its port VIN1. Connect it or remove it",
    ],
    [
      exampleCircuit("unknown type", ["VSS"], ["memristor", "VSS", "a"]),
      'device d0 is of type "memristor", which no plugin of this run provides',
    ],
    [exampleCircuit("short of pins", ["VSS"], ["nmos4", "VSS", "a"]), "device d0 touches 2 nets but a nmos4 has 4 pins"],
  ])("are refused for $0.name", (refused, why) => {
    expect(() => scheme().encode(refused, createRng(1))).toThrow(why);
  });

  it.each([
    ["VSS R: VSS VDD", "0 VSS: a net stands here, but the device before it has all its nets."],
    ["NM: VSS VDD R: VSS VDD", "3 R:: the nmos4 before it lacks the net of its S."],
    ["NM: VSS VDD", "3 : the nmos4 at the end lacks the net of its S."],
    ["R: @2 VSS", "1 @2: nets are numbered by first use: this one is too early."],
    ["R: @99 VSS", "1 @99: there are only 64 words for nets."],
    ["<family:opamp>", "1 : the sentence has no device."],
    ["R: <devices:1> VSS", "1 <devices:1>: this is neither a device nor a port nor a net."],
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

describe("conditions", () => {
  const vocabulary = scheme().vocabulary([commonSource, oneOfEach], { families: ["opamp", "ldo"], mostDevices: 12 });

  it("lead the sentence and do not change the circuit", () => {
    const sentence = scheme().encode(oneOfEach, createRng(1), { family: "opamp", deviceCount: 6 });
    expect(sentence.slice(0, 2)).toEqual(["<family:opamp>", "<devices:6>"]);
    expect(sentence.slice(2)).toEqual(scheme().encode(oneOfEach, createRng(1)));
    expect(canonicalForm(scheme().decode(sentence), exampleDeviceTypes)).toBe(canonicalForm(oneOfEach, exampleDeviceTypes));
    const grammar = scheme().grammar(vocabulary, 100, { family: "opamp", deviceCount: 6 });
    for (const token of sentence) grammar.push(vocabulary.id(token));
    expect(() => {
      grammar.push(vocabulary.id("R:"));
    }).toThrow("may not follow here");
  });

  it("are words of the vocabulary: families by name, device counts up to the largest", () => {
    expect(vocabulary.tokens.slice(3, 8)).toEqual([
      "<family:ldo>",
      "<family:opamp>",
      "<devices:1>",
      "<devices:2>",
      "<devices:3>",
    ]);
  });

  it.each([
    [{ family: "bandgap" }, 'Circuits of the family "bandgap" were asked for, but the model was trained with ldo, opamp only.'],
    [{ deviceCount: 13 }, "Circuits of 13 devices were asked for, more than any circuit that this vocabulary was made from."],
    [{ ports: ["VCLK1"] }, 'The conditions ask for port "VCLK1", which this vocabulary does not have.'],
    [
      { ports: ["VSS"], deviceCount: 1 },
      "No legal circuit of this vocabulary can be written in 100 tokens with exactly 1 device. Allow more tokens, or ask for less.",
    ],
  ])("%j cannot be met", (conditions, message) => {
    expect(() => scheme().grammar(vocabulary, 100, conditions)).toThrow(message);
  });
});

it("is provided by the plugin, with options that may all be left out", () => {
  const [provided] = plugin.provides;
  expect([provided?.kind, provided?.name]).toEqual(["tokenization-scheme", "netlist"]);
  expect(provided?.options.parse({})).toEqual({ order: "depth-first", pins: "random", nets: 64 });
});
