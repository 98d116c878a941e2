import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strictCanonicalForm } from "../../src/circuit/canonical/canonical-form.js";
import { mergeParallelAndSeries } from "../../src/circuit/canonical/merge-parallel-and-series.js";
import type { Circuit } from "../../src/circuit/circuit.js";
import { arbitraryCircuit, circuit, type Line, scrambled } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const merged = (...lines: Line[]): string[] =>
  mergeParallelAndSeries(circuit(["VDD", "VSS", "VIN1", "VOUT1"], ...lines), deviceTypes).devices.map(
    (device) => `${device.name} ${device.nets.join(" ")}`,
  );
const form = (one: Circuit): string => strictCanonicalForm(one, deviceTypes);

describe("merging parallel and series devices", () => {
  it("merges parallel devices, swapped or not", () => {
    expect(merged(["R1", "resistor", "VDD", "VSS"], ["R2", "resistor", "VSS", "VDD"])).toEqual(["R1 VDD VSS"]);
    expect(merged(["M1", "nmos4", "VOUT1", "VIN1", "VSS", "VSS"], ["M2", "nmos4", "VSS", "VIN1", "VOUT1", "VSS"])).toEqual([
      "M1 VOUT1 VIN1 VSS VSS",
    ]);
  });

  it("keeps diodes head to tail, and transistors with different gates", () => {
    expect(merged(["D1", "diode", "VDD", "VSS"], ["D2", "diode", "VSS", "VDD"])).toHaveLength(2);
    expect(merged(["M1", "nmos4", "VOUT1", "VIN1", "VSS", "VSS"], ["M2", "nmos4", "VOUT1", "VDD", "VSS", "VSS"])).toHaveLength(2);
  });

  it.each(["resistor", "capacitor", "inductor"])("merges a chain of three: %s", (type) => {
    expect(merged(["A", type, "VDD", "a"], ["B", type, "b", "a"], ["C", type, "b", "VSS"])).toEqual(["A VDD VSS"]);
  });

  it("merges stacked MOS transistors with one gate and one bulk", () => {
    expect(merged(["M1", "nmos4", "VOUT1", "VIN1", "a", "VSS"], ["M2", "nmos4", "a", "VIN1", "VSS", "VSS"])).toEqual([
      "M1 VOUT1 VIN1 VSS VSS",
    ]);
    expect(merged(["M1", "nmos4", "VOUT1", "VDD", "a", "VSS"], ["M2", "nmos4", "a", "VIN1", "VSS", "VSS"])).toHaveLength(2);
  });

  it("does not merge across a port, a branch, or diodes, whose voltages add", () => {
    expect(merged(["A", "resistor", "VDD", "VOUT1"], ["B", "resistor", "VOUT1", "VSS"])).toHaveLength(2);
    expect(merged(["A", "resistor", "VDD", "a"], ["B", "resistor", "a", "VSS"], ["C", "capacitor", "a", "VSS"])).toHaveLength(3);
    expect(merged(["A", "diode", "VDD", "a"], ["B", "diode", "a", "VSS"])).toHaveLength(2);
    expect(merged(["A", "resistor", "VDD", "a"], ["B", "inductor", "a", "VSS"])).toHaveLength(2);
  });

  it("repeats until nothing changes", () => {
    expect(
      merged(
        ["A", "resistor", "VDD", "a"],
        ["B", "resistor", "a", "VSS"],
        ["C", "resistor", "VDD", "b"],
        ["D", "resistor", "b", "VSS"],
      ),
    ).toEqual(["A VDD VSS"]);
  });

  it("leaves a closed ring as it is", () => {
    expect(merged(["A", "resistor", "a", "b"], ["B", "resistor", "b", "c"], ["C", "resistor", "c", "a"])).toHaveLength(3);
  });

  it("does not depend on names and order", () => {
    const series = arbitraryCircuit({
      maxDevices: 12,
      internalNets: 10,
      ports: ["VDD", "VSS", "VIN1"],
      types: ["resistor", "resistor", "capacitor", "nmos4", "diode"],
    });
    fc.assert(
      fc.property(series, fc.integer(), (original, seed) => {
        expect(form(scrambled(original, seed))).toBe(form(original));
      }),
      { numRuns: 1500 },
    );
  });

  it("gives a fixed point", () => {
    const any = arbitraryCircuit({ maxDevices: 10, internalNets: 6, ports: ["VDD", "VSS"], types: ["resistor", "capacitor"] });
    fc.assert(
      fc.property(any, (original) => {
        const once = mergeParallelAndSeries(original, deviceTypes);
        expect(mergeParallelAndSeries(once, deviceTypes).devices).toEqual(once.devices);
      }),
    );
  });
});
