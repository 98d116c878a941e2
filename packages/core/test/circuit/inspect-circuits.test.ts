import { describe, expect, it } from "vitest";
import { inspectCircuits } from "../../src/circuit/inspection/inspect-circuits.js";
import { circuit, type Line } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const ports = ["VDD", "VSS", "VIN1", "VOUT1"];
const stage: readonly Line[] = [
  ["M1", "nmos4", "VOUT1", "VIN1", "VSS", "VSS"],
  ["R1", "resistor", "VDD", "VOUT1"],
];
const divider: readonly Line[] = [
  ["R1", "resistor", "VDD", "VOUT1"],
  ["R2", "resistor", "VOUT1", "VSS"],
  ["L1", "inductor", "VIN1", "VOUT1"],
];
const named = (name: string, ...lines: Line[]): ReturnType<typeof circuit> => circuit(ports, ...lines).renamed(name);

describe("inspection of a collection", () => {
  const loads: readonly (readonly [string, Line])[] = [
    ["a", ["C1", "capacitor", "VOUT1", "VSS"]],
    ["b", ["C1", "capacitor", "VOUT1", "VDD"]],
    ["c", ["R2", "resistor", "VOUT1", "VSS"]],
    ["d", ["D1", "diode", "VOUT1", "VSS"]],
    ["e", ["R2", "resistor", "VOUT1", "VIN1"]],
  ];
  const inspection = inspectCircuits(
    [
      ...loads.map(([name, load]) => ({ circuit: named(name, ...stage, load), label: "amplifier" })),
      { circuit: named("plain", ...stage), label: "filter" },
      { circuit: named("copy 1", ...divider), label: "lna" },
      { circuit: named("copy 2", ...divider.toReversed()), label: "pa" },
      { circuit: named("open", ...stage, ["R2", "resistor", "VOUT1", "x"]) },
      { circuit: named("bulk", ["M1", "nmos4", "VOUT1", "VIN1", "VSS", "VDD"], ["R1", "resistor", "VDD", "VOUT1"]) },
      { circuit: named("short of a net", ["M1", "nmos4", "VOUT1", "VIN1"]) },
    ],
    deviceTypes,
  );

  it("counts topologies and names the copies", () => {
    expect(inspection.circuits).toBe(11);
    expect(inspection.topologies).toBe(9);
    expect(inspection.duplicates).toEqual([["copy 1", "copy 2"]]);
    expect(inspection.labels).toEqual({ amplifier: 5, unlabelled: 3, filter: 1, lna: 1, pa: 1 });
  });

  it("says for each rule who breaks it, with an example in words", () => {
    const dangling = inspection.rules.find(({ rule }) => rule === "no-dangling-net");
    expect(dangling?.circuits).toEqual(["open"]);
    expect(dangling?.examples[0]?.message).toContain("Net x ends at one pin of R2");
    expect(inspection.rules.find(({ rule }) => rule === "complete-devices")?.circuits).toEqual(["short of a net"]);
    expect(inspection.sound).toBe(9);
  });

  it("suspects bulks on the wrong rail, copies under two labels, and a label that no like circuit bears", () => {
    expect(inspection.suspicions.map(({ circuit: name, kind }) => [name, kind])).toEqual([
      ["copy 1", "copy-with-another-label"],
      ["plain", "label"],
      ["bulk", "bulk"],
    ]);
  });
});
