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
import plugin, { bipartiteOptions, BipartiteScheme } from "../src/index.js";

const scheme = (options: Record<string, unknown> = {}): BipartiteScheme =>
  new BipartiteScheme(bipartiteOptions.parse(options), exampleDeviceTypes);

describe.each(["visit", "random"])("conformance, devices numbered by %s", (deviceNumbers) => {
  const circuits = [commonSource, differentialPair, oneOfEach, ladder(6)];
  it.each(tokenizationSchemeConformance(scheme({ deviceNumbers }), circuits, exampleDeviceTypes))("$name", ({ run }) => run());
});

describe("sentences", () => {
  const divider = exampleCircuit("divider", ["VSS", "VIN1"], ["resistor", "VIN1", "a"], ["capacitor", "a", "VSS"]);

  it("walk along edges from node to node, and take two tokens a pin where no jump is needed", () => {
    const sentences = new Set(Array.from({ length: 200 }, (_, seed) => scheme().encode(divider, createRng(seed)).join(" ")));
    expect(sentences).toContain("VIN1 R:P R1 R:N @1 C:P C1 C:N VSS");
    // From the middle: to one side and, after a jump, to the other.
    expect(sentences).toContain("@1 C:P C1 C:N VSS @1 R:N R1 R:P VIN1");
  });

  it("reach every device but the first from a net that is no rail", () => {
    for (let seed = 0; seed < 50; seed++) {
      const sentence = scheme().encode(oneOfEach, createRng(seed));
      const known = new Set<string>();
      sentence.forEach((token, index) => {
        if (!/^[A-Z]+\d+$/.test(token) || token.startsWith("V") || known.has(token)) return;
        known.add(token);
        expect(["VSS", "VDD"]).not.toContain(sentence[index - 2]);
      });
    }
  });

  it("number the devices of a type as they are reached, or at random", () => {
    const numbers = (deviceNumbers: string): Set<string> =>
      new Set(
        Array.from({ length: 40 }, (_, seed) => {
          const sentence = scheme({ deviceNumbers }).encode(ladder(4), createRng(seed));
          return sentence.find((token) => /^R\d+$/.test(token)) ?? "";
        }),
      );
    expect(numbers("visit")).toEqual(new Set(["R1"]));
    expect(numbers("random")).toEqual(new Set(["R1", "R2", "R3", "R4"]));
  });

  it("can be of circuits that break rules, which the grammar would not write", () => {
    const apart = exampleCircuit(
      "decoupled",
      ["VSS", "VDD", "VIN1"],
      ["resistor", "VIN1", "VSS"],
      ["capacitor", "VDD", "VSS"],
      ["resistor", "VSS", "nowhere"],
    );
    const decoded = scheme().decode(scheme().encode(apart, createRng(1)));
    expect(canonicalForm(decoded, exampleDeviceTypes)).toBe(canonicalForm(apart, exampleDeviceTypes));
  });

  it.each([
    ["VIN1 R:P NM1", "2 NM1: the edge before it leads to a device of type resistor."],
    ["VIN1 R:P VSS", "2 VSS: an edge leads from a net to a device, not to another net."],
    ["R1 R:P R2", "2 R2: an edge leads from a device to a net, not to another device."],
    ["R1 NM:D VSS", "1 NM:D: R1 is no nmos4."],
    ["R1 R:P VSS R1 R:P", "4 R:P: R1 has this edge already."],
    ["VSS R:P R1 VDD R:P R1", "5 R1: R1 has this edge already."],
    ["VSS R:P R:N", "2 R:N: one edge follows another."],
    ["R:P R1", "0 R:P: an edge must set out from a device or a net."],
    ["R1 R:P", "2 : the last edge leads nowhere."],
    ["R1 R:P VSS", "0 R1: R1 has no edge at its N."],
    ["R1 R:P VSS R1 R:N @1 VIN1", "6 VIN1: no edge leads to this port."],
    ["R1_P VSS", "0 R1_P: this is a pin; edges are written as the type and its pin, such as NM:G."],
    ["<family:opamp>", "1 : the sentence has no device."],
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

it("is provided by the plugin, with options that may all be left out", () => {
  const [provided] = plugin.provides;
  expect([provided?.kind, provided?.name]).toEqual(["tokenization-scheme", "bipartite"]);
  expect(provided?.options.parse({})).toEqual({ deviceNumbers: "visit" });
});
