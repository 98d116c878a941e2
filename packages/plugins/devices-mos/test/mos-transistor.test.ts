import { describe, expect, it } from "vitest";
import { nmos4, pmos4 } from "../src/index.js";

const instance = { name: "d_1", nodes: ["d", "g", "s", "b"], supply: "n_vdd", ground: "0" };

describe("a MOS transistor", () => {
  it("has the dataset's pins and tokens", () => {
    for (const type of [nmos4, pmos4]) {
      expect(type.pins.map((pin) => pin.name)).toEqual(["D", "G", "S", "B"]);
      expect(type.interchangeablePins).toEqual([["D", "S"]]);
      expect(type.conduction).toEqual([["D", "S"]]);
    }
    expect([nmos4.tokenPrefix, pmos4.tokenPrefix]).toEqual(["NM", "PM"]);
  });

  it("writes drain, gate, source and bulk in SPICE's order, with width, length and multiple", () => {
    const values = { w: 2e-6, l: 0.18e-6, m: 4 };
    expect(nmos4.toSpice({ ...instance, values })).toEqual([
      { kind: "mosfet", name: "d_1", nodes: ["d", "g", "s", "b"], model: "nmos180", values },
    ]);
    expect(pmos4.toSpice({ ...instance, values })[0]?.model).toBe("pmos180");
  });

  it("gives an optimizer width and length, not the multiple", () => {
    for (const type of [nmos4, pmos4]) {
      const chosen = type.parameters.filter((parameter) => parameter.minimum < parameter.maximum);
      expect(chosen.map((parameter) => parameter.name)).toEqual(["w", "l"]);
    }
  });

  it("draws current from top to bottom", () => {
    expect(nmos4.symbol.pins).toMatchObject({ D: { side: "north" }, S: { side: "south" }, G: { side: "west" } });
    expect(pmos4.symbol.pins).toMatchObject({ S: { side: "north" }, D: { side: "south" }, G: { side: "west" } });
  });
});
