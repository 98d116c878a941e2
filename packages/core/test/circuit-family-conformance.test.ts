import { describe, expect, it } from "vitest";
import type { CircuitFamily } from "../src/contracts/circuit-family.js";
import { circuitFamilyConformance } from "../src/testing/circuit-family-conformance.js";
import { fiveTransistorOta, twoStageMiller } from "./sizing/amplifiers.js";
import { formulaFamily } from "./sizing/formula-simulator.js";
import { sizedDeviceTypes } from "./sizing/sized-device-types.js";

/** Also looks at a course of time, as most families do. */
const family: CircuitFamily = {
  ...formulaFamily,
  rules: [{ name: "none", title: "None", check: () => [] }],
  seeds: () => [fiveTransistorOta, twoStageMiller].map((circuit) => ({ circuit, title: circuit.name, citation: "none" })),
  testbenches: (dut) =>
    formulaFamily.testbenches(dut).map((bench) => ({
      ...bench,
      analyses: [...bench.analyses, { kind: "tran", stepS: 1e-9, stopS: 1e-6 }],
      save: [dut.node("VOUT1")],
    })),
};

/** Lets the family pass or throws what its suite says of how it lasts. */
function lasts(of: CircuitFamily): void {
  const checks = circuitFamilyConformance(of, sizedDeviceTypes).filter(({ behaviour }) => behaviour === "endurance");
  expect(checks).toHaveLength(1);
  for (const { run } of checks) void run();
}

describe("what a family holds on to", () => {
  it("is nothing, of a sound one", () => {
    lasts(family);
  });

  const kept: unknown[] = [];
  const keep = <T>(what: unknown, answer: T): T => {
    // Weighs more than what compiling and collecting change in between.
    kept.push(what, new Array(4000).fill(0));
    return answer;
  };
  it.each<[string, Partial<CircuitFamily>]>([
    ["circuits in a rule", { rules: [{ name: "keeps", title: "Keeps", check: (circuit) => keep(circuit, []) }] }],
    ["circuits under test in benches", { testbenches: (dut) => keep(dut, family.testbenches(dut)) }],
    ["results in measurements", { measure: (results) => keep(results, family.measure(results)) }],
  ])("is found out: %s", (_, leak) => {
    expect(() => lasts({ ...family, ...leak })).toThrow(/memory grew by \d+ bytes a circuit[\s\S]*circuit-family\.md#endurance/);
    kept.length = 0;
  });
});
