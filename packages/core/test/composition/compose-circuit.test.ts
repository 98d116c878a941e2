import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalHash } from "../../src/circuit/canonical/canonical-form.js";
import { BlockLibrary } from "../../src/composition/block-library.js";
import { cutIntoBlocks, type Block } from "../../src/composition/block.js";
import { composeCircuit } from "../../src/composition/compose-circuit.js";
import { createRng } from "../../src/runtime/rng.js";
import { circuit } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const twoStage = circuit(
  ["VSS", "VDD", "VIN1", "VIN2", "VOUT1", "IB1"],
  ["M1", "nmos4", "a", "VIN1", "tail", "VSS"],
  ["M2", "nmos4", "b", "VIN2", "tail", "VSS"],
  ["M3", "pmos4", "a", "a", "VDD", "VDD"],
  ["M4", "pmos4", "b", "a", "VDD", "VDD"],
  ["M5", "nmos4", "tail", "IB1", "VSS", "VSS"],
  ["M6", "pmos4", "VOUT1", "b", "VDD", "VDD"],
  ["M7", "nmos4", "VOUT1", "IB1", "VSS", "VSS"],
  ["M8", "nmos4", "IB1", "IB1", "VSS", "VSS"],
);
/** Another input stage for the same output stages, and the other way round. */
const resistorLoaded = circuit(
  ["VSS", "VDD", "VIN1", "VIN2", "VOUT1", "IB1"],
  ["M1", "nmos4", "a", "VIN1", "tail", "VSS"],
  ["M2", "nmos4", "b", "VIN2", "tail", "VSS"],
  ["R1", "resistor", "VDD", "a"],
  ["R2", "resistor", "VDD", "b"],
  ["M5", "nmos4", "tail", "IB1", "VSS", "VSS"],
  ["M6", "pmos4", "VOUT1", "b", "VDD", "VDD"],
  ["R3", "resistor", "VOUT1", "VSS"],
  ["M8", "nmos4", "IB1", "IB1", "VSS", "VSS"],
);

const sizes = (blocks: readonly Block[]): number[] => blocks.map(({ devices }) => devices.length).sort((a, b) => a - b);

describe("blocks", () => {
  it("are the stages: devices joined by current, with what they show and saw at each net", () => {
    const blocks = cutIntoBlocks(twoStage, deviceTypes);
    expect(sizes(blocks)).toEqual([1, 2, 5]);
    const output = blocks.find(({ devices }) => devices.length === 2);
    expect(output?.ports).toEqual(["VOUT1", "IB1"]);
    expect(output?.nets.find(({ port }) => port === undefined)).toEqual({
      face: "pmos4.1",
      others: ["current"],
    });
    expect(output?.nets.find(({ port }) => port === "IB1")?.others).toEqual(["current+nmos4.1", "nmos4.1"]);
    expect(output?.openNets).toBe(1);
  });

  it("are cut by rails, gates and capacitors, but not by resistors", () => {
    const filter = circuit(
      ["VSS", "VDD", "VIN1", "VOUT1"],
      ["R1", "resistor", "VIN1", "a"],
      ["R2", "resistor", "a", "VOUT1"],
      ["C1", "capacitor", "VOUT1", "VSS"],
      ["R3", "resistor", "VDD", "VSS"],
    );
    expect(sizes(cutIntoBlocks(filter, deviceTypes))).toEqual([1, 1, 2]);
  });
});

describe("random composition", () => {
  const hash = (seed: number, library: BlockLibrary): string =>
    canonicalHash(composeCircuit(library, "composed", createRng(seed)), deviceTypes);

  it("puts the only circuit together again that its blocks allow", () => {
    const library = new BlockLibrary([twoStage], deviceTypes);
    for (let seed = 0; seed < 20; seed++) expect(hash(seed, library)).toBe(canonicalHash(twoStage, deviceTypes));
  });

  it("makes circuits of blocks of different circuits, the same from the same seed", () => {
    const library = new BlockLibrary([twoStage, resistorLoaded], deviceTypes);
    const found = new Set(Array.from({ length: 60 }, (_, seed) => hash(seed, library)));
    expect(found.size).toBeGreaterThan(2);
    expect(hash(7, library)).toBe(hash(7, library));
  });

  it("has the ports of a circuit of the library, and stays within twice its size", () => {
    const library = new BlockLibrary([twoStage, resistorLoaded], deviceTypes);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const composed = composeCircuit(library, "composed", createRng(seed));
        expect(composed.ports).toEqual(["VSS", "VDD", "IB1", "VIN1", "VIN2", "VOUT1"]);
        expect(composed.devices.length).toBeLessThanOrEqual(18);
      }),
      { numRuns: 100 },
    );
  });
});
