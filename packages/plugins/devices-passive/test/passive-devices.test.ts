import { describe, expect, it } from "vitest";
import { capacitor, diode, inductor, resistor } from "../src/index.js";

const instance = { name: "d_1", nodes: ["p", "n"], supply: "n_vdd", ground: "0" };

describe("passive devices", () => {
  it("have the dataset's pins and tokens", () => {
    for (const type of [resistor, capacitor, inductor, diode]) expect(type.pins.map((pin) => pin.name)).toEqual(["P", "N"]);
    expect([resistor, capacitor, inductor, diode].map((type) => type.tokenPrefix)).toEqual(["R", "C", "L", "DIO"]);
  });

  it("may be turned round, save for the diode", () => {
    for (const type of [resistor, capacitor, inductor]) expect(type.interchangeablePins).toEqual([["P", "N"]]);
    expect(diode.interchangeablePins).toEqual([]);
  });

  it("pass a direct current, save for the capacitor", () => {
    for (const type of [resistor, inductor, diode]) expect(type.conduction).toEqual([["P", "N"]]);
    expect(capacitor.conduction).toEqual([]);
  });

  it.each([
    [resistor, "r", 4700],
    [capacitor, "c", 2e-12],
    [inductor, "l", 3e-9],
  ])("$name is one element with its value", (type, value, number) => {
    expect(type.toSpice({ ...instance, values: { [value]: number } })).toEqual([
      { kind: type.name, name: "d_1", nodes: ["p", "n"], values: { [value]: number } },
    ]);
  });

  it("a diode is one element with its model and area", () => {
    expect(diode.toSpice({ ...instance, values: { area: 3 } })).toEqual([
      { kind: "diode", name: "d_1", nodes: ["p", "n"], model: "diode180", values: { area: 3 } },
    ]);
  });
});
