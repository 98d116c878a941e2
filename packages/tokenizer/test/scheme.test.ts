import { API_VERSION, createRng, createVocabulary, restoreVocabulary, silentLogger, type PluginContext } from "@topogenie/core";
import { tokenizationSchemeConformance } from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import { EulerianScheme } from "../src/eulerian-scheme.js";
import plugin from "../src/index.js";
import { bandgapCore, cascode, circuit, commonSource } from "./circuits.js";
import { deviceTypes } from "./device-types.js";
import { scheme } from "./schemes.js";

describe.each(["star", "clique"] as const)("conformance without rules, with port pins as a %s", (portPins) => {
  const checks = tokenizationSchemeConformance(
    scheme({ portPins, strictness: "walk", rules: "ignore" }),
    [commonSource, cascode, bandgapCore],
    deviceTypes,
  );
  it.each(checks)("$name", ({ run }) => run());
});

describe("the vocabulary", () => {
  it("has every port and, of each device type, as many devices as one circuit has at most", () => {
    const twice = circuit("two resistors", ["VSS", "VIN10", "VIN9"], ["resistor", "VSS", "VIN9"], ["resistor", "VSS", "VIN10"]);
    const once = circuit("a capacitor", ["VSS", "VDD"], ["capacitor", "VSS", "VDD"]);
    expect(scheme().vocabulary([twice, once]).tokens.slice(3).join(" ")).toBe(
      "VSS VDD VIN9 VIN10 C1 C1_P C1_N R1 R1_P R1_N R2 R2_P R2_N",
    );
  });

  it("names a device type that no plugin provides", () => {
    const strange = circuit("strange", ["VSS"], ["memristor", "VSS", "VSS"]);
    expect(() => scheme().vocabulary([strange])).toThrow(
      'A circuit has devices of type "memristor", which no plugin of this run provides. Add the plugin that provides it to the config.',
    );
  });

  it("comes back from JSON", () => {
    const vocabulary = createVocabulary(["VSS", "R1"]);
    const restored = restoreVocabulary(JSON.parse(JSON.stringify(vocabulary)) as { tokens: string[] });
    expect(restored.tokens).toEqual(["<padding>", "<start>", "<end>", "VSS", "R1"]);
    expect(restored.id("R1")).toBe(4);
  });
});

it("writes sentences that depend on the seed alone", () => {
  const [one, two] = [1, 2].map(() => scheme().encode(cascode, createRng("same")));
  expect(one).toEqual(two);
  expect(scheme().encode(cascode, createRng("other"))).not.toEqual(one);
});

it("numbers devices in the circuit's order when asked to", () => {
  const mixed = circuit("mixed", ["VSS", "VDD"], ["resistor", "VSS", "a"], ["capacitor", "a", "VSS"], ["resistor", "VDD", "a"]);
  const inOrder = scheme({ deviceNumbers: "circuit" });
  for (let seed = 0; seed < 20; seed++) {
    expect(inOrder.decode(inOrder.encode(mixed, createRng(seed))).devices.map(({ name, nets }) => [name, ...nets])).toEqual([
      ["C1", "net1", "VSS"],
      ["R1", "VSS", "net1"],
      ["R2", "VDD", "net1"],
    ]);
  }
});

it("refuses two device types that write their tokens alike", () => {
  const alike = new Map([...deviceTypes].map(([name, type]) => [name, { ...type, tokenPrefix: "X" }]));
  expect(
    () =>
      new EulerianScheme(
        { portPins: "star", walk: "uniform", deviceNumbers: "random", strictness: "circuit", rules: "enforce" },
        alike,
      ),
  ).toThrow(
    'Device types "capacitor" and "nmos4" both write their tokens with "X". Give one of them another tokenPrefix, or leave its plugin out.',
  );
});

it("is provided by the plugin, with options that may all be left out", async () => {
  const [provided] = plugin.provides;
  expect([plugin.apiVersion, provided?.kind, provided?.name]).toEqual([API_VERSION, "tokenization-scheme", "eulerian"]);
  const context: PluginContext = {
    logger: silentLogger,
    rng: createRng(1),
    signal: new AbortController().signal,
    workDirectory: "unused",
    workers: 1,
    deviceTypes,
    use: () => Promise.reject(new Error("the scheme wraps nothing")),
  };
  const made = await provided?.create(provided.options.parse({}), context);
  expect(made).toBeInstanceOf(EulerianScheme);
  expect(() => provided?.options.parse({ portPin: "star" })).toThrow();
});
