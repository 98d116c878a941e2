import type { Vocabulary } from "@topogenie/core";
import {
  exampleCircuit,
  exampleDeviceTypes,
  resistorsAlone,
  tokenizationSchemeConformance,
  transistorsAlone,
} from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import { compactOptions, CompactScheme } from "../src/index.js";

const scheme = new CompactScheme(compactOptions.parse({}), exampleDeviceTypes);

describe.each([transistorsAlone, resistorsAlone])("the grammar with $name keeps its promises", (circuit) => {
  const checks = tokenizationSchemeConformance(scheme, [circuit], exampleDeviceTypes);
  it.each(checks.filter(({ behaviour }) => behaviour === "complete-grammar"))("$name", ({ run }) => run());
});

it("refuses a vocabulary whose devices cannot mend every net", () => {
  const filter = exampleCircuit("filter", ["VSS", "VIN1"], ["inductor", "VIN1", "a"], ["capacitor", "a", "VSS"]);
  expect(() => scheme.grammar(scheme.vocabulary([filter]), 100)).toThrow(
    "No device type of this vocabulary can carry direct current between any two nets",
  );
});

it("refuses a vocabulary of another scheme", () => {
  const other: Vocabulary = { tokens: ["", "", "", "NM1_D!"], id: () => 3, has: () => true };
  expect(() => scheme.grammar(other, 100)).toThrow(
    'Token "NM1_D!" of this vocabulary does not fit the scheme "eulerian-compact"',
  );
});
