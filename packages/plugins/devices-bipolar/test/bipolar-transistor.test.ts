import { describe, expect, it } from "vitest";
import { npn, pnp } from "../src/index.js";

const instance = { name: "d_1", nodes: ["c", "b", "e"], supply: "n_vdd", ground: "0" };

describe("a bipolar transistor", () => {
  it("has the dataset's pins and tokens", () => {
    for (const type of [npn, pnp]) expect(type.pins.map((pin) => pin.name)).toEqual(["C", "B", "E"]);
    expect([npn.tokenPrefix, pnp.tokenPrefix]).toEqual(["NPN", "PNP"]);
  });

  it("does not count its base as conducting: a base takes current and sets no voltage", () => {
    for (const type of [npn, pnp]) expect(type.conduction).toEqual([["C", "E"]]);
  });

  it("writes collector, base and emitter in SPICE's order, with its area", () => {
    expect(npn.toSpice({ ...instance, values: { area: 8 } })).toEqual([
      { kind: "bipolar", name: "d_1", nodes: ["c", "b", "e"], model: "npn180", values: { area: 8 } },
    ]);
    expect(pnp.toSpice({ ...instance, values: { area: 8 } })[0]?.model).toBe("pnp180");
  });

  it("draws current from top to bottom", () => {
    expect(npn.symbol.pins).toMatchObject({ C: { side: "north" }, E: { side: "south" } });
    expect(pnp.symbol.pins).toMatchObject({ E: { side: "north" }, C: { side: "south" } });
  });
});
