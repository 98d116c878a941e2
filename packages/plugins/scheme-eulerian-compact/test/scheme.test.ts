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
import plugin, { compactOptions, CompactScheme } from "../src/index.js";

const scheme = (options: Record<string, unknown> = {}): CompactScheme =>
  new CompactScheme(compactOptions.parse(options), exampleDeviceTypes);

describe.each(["visit", "random"])("conformance, devices numbered by %s", (deviceNumbers) => {
  const circuits = [commonSource, differentialPair, oneOfEach, ladder(6)];
  it.each(tokenizationSchemeConformance(scheme({ deviceNumbers }), circuits, exampleDeviceTypes))("$name", ({ run }) => run());
});

describe("walks", () => {
  it("pass every pin once, net by net, and go on inside a device where they can", () => {
    const follower = exampleCircuit(
      "follower",
      ["VSS", "VDD", "VIN1", "VOUT1"],
      ["nmos4", "VDD", "VIN1", "VOUT1", "VSS"],
      ["resistor", "VOUT1", "VSS"],
    );
    const walks = Array.from({ length: 100 }, (_, seed) => scheme().encode(follower, createRng(seed)).join(" "));
    expect(walks).toContain("VSS NM1_B NM1_G VIN1 | NM1_S VOUT1 R1_P | NM1_D VDD | R1_N VSS");
    // Six pins, four ports, VSS once more to begin with, and a lift after each port at which one pin ends.
    expect(Math.min(...walks.map((walk) => walk.split(" ").length))).toBeLessThanOrEqual(14);
  });

  it("begin and end at VSS and pass each pin but for few exactly once", () => {
    for (let seed = 0; seed < 20; seed++) {
      const walk = scheme().encode(differentialPair, createRng(seed));
      expect([walk[0], walk.at(-1)]).toEqual(["VSS", "VSS"]);
      const pins = walk.filter((token) => token.includes("_"));
      expect(new Set(pins).size).toBe(18);
      expect(pins.length).toBeLessThanOrEqual(20);
    }
  });

  it("are the shortest of several tries", () => {
    const length = (attempts: number): number =>
      Array.from({ length: 20 }, (_, seed) => scheme({ attempts }).encode(ladder(12), createRng(seed)).length).reduce(
        (sum, tokens) => sum + tokens,
        0,
      );
    expect(length(16)).toBeLessThan(length(1));
  });

  it("can be of circuits that break rules, which the grammar would not write", () => {
    const apart = exampleCircuit(
      "decoupled",
      ["VSS", "VDD", "VIN1"],
      ["resistor", "VIN1", "VSS"],
      ["capacitor", "VDD", "VSS"],
      ["resistor", "VSS", "nowhere"],
      ["nmos4", "loop", "loop", "VSS", "VSS"],
      ["capacitor", "island", "other"],
      ["capacitor", "island", "other"],
    );
    for (let seed = 0; seed < 20; seed++) {
      const decoded = scheme().decode(scheme().encode(apart, createRng(seed)));
      expect(canonicalForm(decoded, exampleDeviceTypes)).toBe(canonicalForm(apart, exampleDeviceTypes));
    }
  });

  it.each([
    ["R1_P VSS", "0 R1_P: a walk begins at VSS."],
    ["VSS R1_P R1_N", "2 R1_N: the walk is not closed: it must end at VSS."],
    ["VSS R1_P R1_N VDD R1_P VSS", "4 R1_P: VDD and R1_P are on two nets already."],
    ["VSS R1_P VSS", "1 R1_P: device R1 is begun here, but nothing is told of R1_N."],
    ["VSS NM1_S NM1_D NM1_G VSS", "3 NM1_G: the walk goes on inside the device, but nothing says on which net NM1_D is."],
    ["VSS NM1_S NM1_D | VSS", "3 |: the walk lifts its pen, but nothing says on which net NM1_D is."],
    ["VSS R1_P R1_P VSS", "2 R1_P: the walk stays where it is."],
    ["VSS R1_P = R2_P VSS", '3 R2_P: "=" joins two pins of one device.'],
    ["VSS = R1_P", "1 =: it joins two pins of one device, not a port."],
    ["VSS R1 VSS", "1 R1: this is a device; the walk passes pins and ports."],
    ["VSS R1_P R1_N VSS |", "5 : the sentence ends with its pen lifted."],
    ["VSS R1_P | VIN1 | R1_N VSS", "3 VIN1: no pin is on this port."],
    ["VSS", "1 : the walk passes no device."],
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
  expect([provided?.kind, provided?.name]).toEqual(["tokenization-scheme", "eulerian-compact"]);
  expect(provided?.options.parse({})).toEqual({ deviceNumbers: "visit", attempts: 4 });
});
