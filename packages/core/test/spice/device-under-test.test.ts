import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import type { DeviceType } from "../../src/contracts/device-type.js";
import { circuitElements, elementValues } from "../../src/spice/device-under-test.js";
import { isDeckName } from "../../src/spice/name.js";

const resistor: DeviceType = {
  name: "resistor",
  tokenPrefix: "R",
  spiceLetter: "r",
  title: "Resistor",
  pins: [
    { name: "P", title: "plus" },
    { name: "N", title: "minus" },
  ],
  interchangeablePins: [["P", "N"]],
  conduction: [["P", "N"]],
  parameters: [{ name: "r", title: "resistance", unit: "ohm", minimum: 1, maximum: 1e9, scale: "log", default: 1e3 }],
  models: [],
  toSpice: ({ name, nodes, values }) => [{ kind: "resistor", name, nodes, values: { r: values.r ?? Number.NaN } }],
  symbol: { width: 2, height: 4, pins: {}, strokes: [], fills: [] },
};
const types = new Map([["resistor", resistor]]);

describe("circuitElements", () => {
  it("maps VSS to ground and gives every net and device a name of its own", () => {
    const circuit = new Circuit({
      name: "odd",
      ports: ["VDD", "VSS"],
      devices: [
        { name: "R1", type: "resistor", nets: ["VDD", "a-b"] },
        { name: "r1", type: "resistor", nets: ["a-b", "A_B"], values: { r: 7 } },
        { name: "R;1", type: "resistor", nets: ["A_B", "VSS"] },
      ],
    });
    const dut = circuitElements(circuit, types, { "R;1": { r: 5 } });
    expect(dut.node("VSS")).toBe("0");
    expect(dut.elements.map((element) => element.name)).toEqual(["d_r1", "d_r1_2", "d_r_1"]);
    expect(dut.elements.map((element) => element.nodes)).toEqual([
      ["n_vdd", "n_a_b"],
      ["n_a_b", "n_a_b_2"],
      ["n_a_b_2", "0"],
    ]);
    expect(elementValues(dut.elements)).toEqual({ "d_r1.r": 1e3, "d_r1_2.r": 7, "d_r_1.r": 5 });
    expect(dut.elements.every((element) => isDeckName(element.name))).toBe(true);
  });

  it("names the device whose type is unknown or whose pins do not fit", () => {
    const unknown = new Circuit({ name: "c", ports: [], devices: [{ name: "Q1", type: "npn", nets: ["a"] }] });
    expect(() => circuitElements(unknown, types)).toThrow(/"Q1" is of type "npn"/);
    const pins = new Circuit({ name: "c", ports: [], devices: [{ name: "R1", type: "resistor", nets: ["a"] }] });
    expect(() => circuitElements(pins, types)).toThrow(/touches 1 nets, but the type has 2 pins/);
  });
});
