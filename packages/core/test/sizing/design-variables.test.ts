import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import { designVariables, defaultDesignVariableOptions } from "../../src/sizing/design-variables.js";
import { SizingProblem } from "../../src/sizing/sizing-problem.js";
import { fromUnit, levels, toUnit } from "../../src/sizing/unit-interval.js";
import { createRng } from "../../src/runtime/rng.js";
import { fiveTransistorOta, twoStageMiller } from "./amplifiers.js";
import { sizedDeviceTypes } from "./sized-device-types.js";

describe("design variables", () => {
  it("give matched devices one size and mirrors one length", () => {
    expect(designVariables(twoStageMiller, sizedDeviceTypes, []).map(({ name }) => name)).toEqual([
      "M1=M2.w",
      "M1=M2.l",
      "M3=M4.w",
      "M3=M4.l",
      "M5.w",
      "M5=M7.l",
      "M6.w",
      "M6.l",
      "M7.w",
      "C1.c",
    ]);
  });

  it("size every device alone when matching is off", () => {
    const options = { ...defaultDesignVariableOptions, matching: "off" as const };
    expect(designVariables(twoStageMiller, sizedDeviceTypes, [], options)).toHaveLength(15);
  });

  it("take the netlist's own size as the default, moved inside the bounds", () => {
    const devices = fiveTransistorOta.devices.map((device) =>
      device.name === "M5" ? { ...device, values: { w: 2e-6, l: 1 } } : device,
    );
    const circuit = new Circuit({ ...fiveTransistorOta.toJSON(), devices });
    const variables = designVariables(circuit, sizedDeviceTypes, []);
    expect(variables.find(({ name }) => name === "M5.w")?.default).toBe(2e-6);
    expect(variables.find(({ name }) => name === "M5.l")?.default).toBe(10e-6);
  });

  it("are refused with bounds that cannot be searched", () => {
    const [, length] = sizedDeviceTypes.get("nmos4")?.parameters ?? [];
    if (length === undefined) throw new Error("fixture without a length");
    const nmos4 = sizedDeviceTypes.get("nmos4");
    if (nmos4 === undefined) throw new Error("fixture without nmos4");
    const types = new Map([...sizedDeviceTypes, ["nmos4", { ...nmos4, parameters: [{ ...length, minimum: 0 }] }]]);
    expect(() => designVariables(fiveTransistorOta, types, [])).toThrow(
      expect.objectContaining({ code: "SIZING_BOUNDS", message: expect.stringContaining('"M1=M2.l" ranges from 0') as string }),
    );
  });

  it("map a point to the same size on every matched device, and a sizing back to its point", () => {
    const problem = new SizingProblem(designVariables(fiveTransistorOta, sizedDeviceTypes, []), [], "opamp");
    const rng = createRng(1);
    for (let trial = 0; trial < 50; trial++) {
      const quantised = problem.quantise(Float64Array.from(problem.variables, () => rng.uniform()));
      const sizing = problem.sizing(quantised);
      expect(sizing.values.M1).toEqual(sizing.values.M2);
      expect(sizing.values.M3).toEqual(sizing.values.M4);
      expect(problem.quantise(problem.point(sizing))).toEqual(quantised);
    }
  });

  it("refuse points outside the unit cube", () => {
    const problem = new SizingProblem(designVariables(fiveTransistorOta, sizedDeviceTypes, []), [], "opamp");
    expect(() => problem.quantise(new Float64Array(problem.variables.length).fill(1.1))).toThrow(/must ask for/);
    expect(() => problem.quantise(new Float64Array(1))).toThrow(expect.objectContaining({ code: "OPTIMIZER_OUT_OF_BOUNDS" }));
  });
});

describe("the unit interval", () => {
  const log = { minimum: 1e-6, maximum: 1e-4, scale: "log", integer: false } as const;

  it("is halved at the geometric mean on a log scale and at the arithmetic mean on a linear one", () => {
    expect(fromUnit(log, 0.5)).toBeCloseTo(1e-5, 12);
    expect(fromUnit({ ...log, scale: "linear" }, 0.5)).toBeCloseTo(50.5e-6, 12);
    expect([fromUnit(log, 0), fromUnit(log, 1)]).toEqual([1e-6, 1e-4]);
    expect(toUnit(log, 1e-5)).toBeCloseTo(0.5, 12);
    expect([toUnit(log, 1e-9), toUnit(log, 1)]).toEqual([0, 1]);
  });

  it("gives whole multiples of the grid, written without binary remainders", () => {
    const rng = createRng(2);
    for (let trial = 0; trial < 200; trial++) {
      const value = fromUnit({ ...log, grid: 5e-9 }, rng.uniform());
      expect(Math.abs(value / 5e-9 - Math.round(value / 5e-9))).toBeLessThan(1e-6);
      expect(String(value).length).toBeLessThan(12);
    }
  });

  it("gives whole numbers where only those are allowed, and says how many there are", () => {
    const whole = { minimum: 1, maximum: 8, scale: "linear", integer: true } as const;
    expect(levels(whole)).toBe(8);
    expect(Array.from({ length: 8 }, (_, index) => fromUnit(whole, index / 7))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(levels(log)).toBeUndefined();
  });
});
