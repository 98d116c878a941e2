import type { DeviceType } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { inverter, pfd, transmissionGate, xor } from "../src/index.js";
import { settle } from "./switch-level.js";

const rails = { VDD: true, VSS: false };
const elementsOf = (type: DeviceType) =>
  type.toSpice({ name: "d_1", nodes: type.pins.map((pin) => pin.name), values: {}, supply: "VDD", ground: "VSS" });

describe("logic blocks", () => {
  it("have the dataset's pins and tokens", () => {
    const types = [xor, pfd, inverter, transmissionGate];
    expect(types.map((type) => [type.tokenPrefix, type.pins.map((pin) => pin.name).join(" ")])).toEqual([
      ["XOR", "A B VDD VSS Y"],
      ["PFD", "A B QA QB VDD VSS"],
      ["INVERTER", "A Q VDD VSS"],
      ["TRANSMISSION_GATE", "A B C VDD VSS"],
    ]);
  });

  it("are static CMOS with every bulk on its own rail", () => {
    for (const type of [xor, pfd, inverter, transmissionGate]) {
      for (const { nodes, model } of elementsOf(type)) expect(nodes[3]).toBe(model === "logic_n" ? "VSS" : "VDD");
    }
  });

  it("the inverter inverts", () => {
    for (const A of [false, true]) expect(settle(elementsOf(inverter), { ...rails, A }).get("Q")).toBe(!A);
  });

  it("the exclusive OR is high when its inputs differ", () => {
    for (const A of [false, true]) {
      for (const B of [false, true]) expect(settle(elementsOf(xor), { ...rails, A, B }).get("Y")).toBe(A !== B);
    }
  });

  it("the transmission gate passes both levels while C is high, in both directions, and holds while it is low", () => {
    const elements = elementsOf(transmissionGate);
    for (const level of [false, true]) {
      const closed = settle(elements, { ...rails, C: true, A: level });
      expect(closed.get("B")).toBe(level);
      expect(settle(elements, { ...rails, C: true, B: level }).get("A")).toBe(level);
      const open = settle(elements, { ...rails, C: false, A: level }, closed);
      expect(settle(elements, { ...rails, C: false, A: !level }, open).get("B")).toBe(level);
    }
  });

  describe("the phase and frequency detector", () => {
    /** Which outputs are up after each step of (A, B). Before them, an edge of each input brings both halves to rest. */
    function outputs(...steps: readonly (readonly [boolean, boolean])[]): string[] {
      const elements = elementsOf(pfd);
      let values: ReadonlyMap<string, boolean> = new Map(elements.flatMap(({ nodes }) => nodes.map((net) => [net, false])));
      const start = [
        [false, false],
        [true, false],
        [true, true],
        [false, false],
      ] as const;
      return [...start, ...steps]
        .map(([A, B]) => {
          values = settle(elements, { ...rails, A, B }, values);
          return `${values.get("QA") === true ? "A" : "-"}${values.get("QB") === true ? "B" : "-"}`;
        })
        .slice(start.length);
    }

    it("raises QA while A leads, and resets at B's edge", () => {
      expect(outputs([true, false], [true, true], [false, true], [false, false])).toEqual(["A-", "--", "--", "--"]);
    });

    it("raises QB while B leads, and resets at A's edge", () => {
      expect(outputs([false, true], [true, true], [true, false], [false, false])).toEqual(["-B", "--", "--", "--"]);
    });

    it("keeps QA up over several edges of a faster A: it detects frequency", () => {
      expect(outputs([true, false], [false, false], [true, false], [false, false])).toEqual(["A-", "A-", "A-", "A-"]);
    });
  });
});
