import { describe, expect, it } from "vitest";
import type { DeviceParameter, DeviceType } from "../src/contracts/device-type.js";
import { deviceTypeConformance } from "../src/testing/device-type-conformance.js";
import { svgPathVertices } from "../src/testing/device-type/svg-path-vertices.js";

const card = { name: "own_card", type: "d", parameters: { is: 1e-16 } } as const;

const parameter: DeviceParameter = {
  name: "area",
  title: "Area",
  unit: "1",
  minimum: 1,
  maximum: 10,
  scale: "log",
  default: 2,
  integer: true,
};

const good: DeviceType = {
  name: "zener",
  tokenPrefix: "ZENER",
  spiceLetter: "d",
  title: "Zener diode",
  pins: [
    { name: "P", title: "Anode" },
    { name: "N", title: "Cathode" },
  ],
  interchangeablePins: [],
  conduction: [["P", "N"]],
  parameters: [parameter],
  models: [card],
  toSpice: ({ name, nodes, values, model }) => [{ kind: "diode", name, nodes, values, model: model ?? card.name }],
  symbol: {
    width: 20,
    height: 40,
    pins: { P: { x: 10, y: 0, side: "north" }, N: { x: 10, y: 40, side: "south" } },
    strokes: ["M10 0 V40"],
    fills: [],
  },
};

async function broken(type: DeviceType, asks: (behaviour: string) => boolean): Promise<string[]> {
  const messages: string[] = [];
  for (const { run, behaviour } of deviceTypeConformance(type)) {
    if (!asks(behaviour)) continue;
    try {
      await run();
    } catch (error) {
      messages.push((error as Error).message);
    }
  }
  return messages;
}

const everything = (): boolean => true;
/** To weigh memory takes longer than all the rest. */
const atOnce = (behaviour: string): boolean => behaviour !== "endurance";

/** The good type's elements with something changed. */
const writes =
  (change: object): DeviceType["toSpice"] =>
  (instance) =>
    good.toSpice(instance).map((element) => ({ ...element, ...change }));

describe("device type conformance", () => {
  it("lets a good device type pass", async () => {
    expect(await broken(good, everything)).toEqual([]);
  });

  it.each<[string, Partial<DeviceType>, RegExp]>([
    ["a name of two words", { name: "zener diode" }, /must be one word/],
    ["a lower case prefix", { tokenPrefix: "zener" }, /tokenPrefix "zener"/],
    ["a prefix that ends like a pin token", { tokenPrefix: "ZENER_" }, /underscores only between/],
    ["one pin", { pins: [{ name: "P", title: "Anode" }] }, /two pins or more/],
    ["a swap with an unknown pin", { interchangeablePins: [["P", "Q"]] }, /no pin "Q"/],
    ["a swap of one", { interchangeablePins: [["P"]] }, /nothing to swap/],
    ["conduction of an unknown pin", { conduction: [["P", "X"]] }, /conduction: \[P, X\]/],
    ["a default out of bounds", { parameters: [{ ...parameter, default: 11 }] }, /default 11 is outside 1 to 10/],
    ["a log scale from zero", { parameters: [{ ...parameter, minimum: 0 }] }, /minimum above 0/],
    ["half a unit", { parameters: [{ ...parameter, default: 1.5 }] }, /whole numbers/],
    ["a card that is not finite", { models: [{ ...card, parameters: { is: NaN } }] }, /is is NaN/],
    ["an unused card", { models: [card, { ...card, name: "spare" }] }, /"spare" is declared and never used/],
    ["another letter", { spiceLetter: "x" }, /writes what SPICE calls "d"/],
    ["a foreign element name", { toSpice: writes({ name: "d1" }) }, /must begin with the instance's/],
    ["too few nodes", { toSpice: writes({ nodes: ["n_0"] }) }, /has 1 nodes and needs 2/],
    ["a foreign node", { toSpice: writes({ nodes: ["n_0", "elsewhere"] }) }, /node "elsewhere" is neither/],
    ["a value that SPICE does not know", { toSpice: writes({ values: { width: 1 } }) }, /no value "width"/],
    ["a parameter without effect", { toSpice: writes({ values: { area: 1 } }) }, /parameter "area" changes nothing/],
    ["an undeclared model", { toSpice: writes({ model: "other" }) }, /model "other" is not among/],
    ["a model that cannot be replaced", { toSpice: writes({ model: card.name }) }, /does not use the model/],
    ["a pin joined to nothing", { toSpice: writes({ nodes: ["n_0", "n_0"] }) }, /pin "N" is joined to no element/],
    [
      "a pin off the grid",
      { symbol: { ...good.symbol, pins: { ...good.symbol.pins, P: { x: 5, y: 0, side: "north" } } } },
      /off the grid/,
    ],
    [
      "a pin on the wrong side",
      { symbol: { ...good.symbol, pins: { ...good.symbol.pins, P: { x: 10, y: 0, side: "east" } } } },
      /not on the east/,
    ],
    ["a pin that no stroke meets", { symbol: { ...good.symbol, strokes: ["M10 0 V30"] } }, /no stroke meets pin "N"/],
    ["a drawing outside its outline", { symbol: { ...good.symbol, strokes: ["M10 0 V50"] } }, /leaves the outline at 10, 50/],
    ["a symbol without a pin", { symbol: { ...good.symbol, pins: {} } }, /the symbol has pins , the device P N/],
  ])("refuses %s", async (_, change, message) => {
    expect((await broken({ ...good, ...change }, atOnce)).join("\n")).toMatch(message);
  });

  it("refuses elements that differ from call to call", async () => {
    let calls = 0;
    const changing: DeviceType = { ...good, toSpice: (instance) => writes({ values: { area: ++calls } })(instance) };
    const messages = await broken(changing, atOnce);
    expect(messages.join("\n")).toContain("different elements for the same instance");
  });

  it("refuses one that holds on to what it has written", async () => {
    const written = new Map<string, ReturnType<DeviceType["toSpice"]>>();
    const ballast: unknown[] = [];
    const remembers: DeviceType["toSpice"] = (instance) => {
      const known = written.get(instance.name) ?? good.toSpice(instance);
      written.set(instance.name, known);
      // Weighs more than what compiling and collecting change in between.
      ballast.push(new Array(1000).fill(0));
      return known;
    };
    const messages = await broken({ ...good, toSpice: remembers }, (behaviour) => behaviour === "endurance");
    expect(messages.join("\n")).toMatch(/memory grew by \d+ bytes a device/);
  });
});

describe("svgPathVertices", () => {
  it("follows absolute and relative commands", () => {
    expect(svgPathVertices("M10 0 V10 A5 5 0 0 1 10 20 l5-5h5 Z m1,1 2,2")).toEqual([
      [10, 0],
      [10, 10],
      [10, 20],
      [15, 15],
      [20, 15],
      [10, 0],
      [11, 1],
      [13, 3],
    ]);
  });

  it.each(["M10", "10 20", "M0 0 X5", "M0 0 L1 1 Z 5"])("refuses %s", (path) => {
    expect(() => svgPathVertices(path)).toThrow("is not SVG path data");
  });
});
