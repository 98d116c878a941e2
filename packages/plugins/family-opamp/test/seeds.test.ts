import { portKind } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { FEWEST_DEVICES, MOST_DEVICES, seeds } from "../src/seeds.js";

const all = [...seeds()];

/** Nets at which a gate voltage is defined or a direct current flows. */
function conductingNets({ circuit }: (typeof all)[number]): Set<string> {
  const found = new Set<string>();
  for (const { type, nets } of circuit.devices) {
    if (type === "capacitor") continue;
    for (const [pin, net] of nets.entries()) if (type === "resistor" || pin === 0 || pin === 2) found.add(net);
  }
  return found;
}

describe("seeds", () => {
  it("are over a thousand, within the sizes stated", () => {
    expect(all.length).toBeGreaterThan(1000);
    for (const { circuit } of all) {
      expect(circuit.devices.length).toBeGreaterThanOrEqual(FEWEST_DEVICES);
      expect(circuit.devices.length).toBeLessThanOrEqual(MOST_DEVICES);
    }
  });

  it("are the same ones in the same order at every call", () => {
    expect(JSON.stringify([...seeds()])).toBe(JSON.stringify(all));
  });

  it("have a title and a citation, and names of their own", () => {
    for (const { title, citation } of all) {
      expect(title).toMatch(/^[np]-input /);
      expect(citation.length).toBeGreaterThan(20);
    }
    expect(new Set(all.map(({ circuit }) => circuit.name)).size).toBe(all.length);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });

  it("touch every internal net with two pins of two devices, and every port at least once", () => {
    for (const { circuit, title } of all) {
      for (const [net, pins] of circuit.nets) {
        const devices = new Set(pins.map(({ device }) => device));
        expect(devices.size, `${title}: ${net}`).toBeGreaterThanOrEqual(circuit.isPort(net) ? 1 : 2);
      }
    }
  });

  it("leave no gate undefined: every net that gates touch is a port or carries a current", () => {
    for (const seed of all) {
      const conducting = conductingNets(seed);
      for (const net of seed.circuit.nets.keys()) {
        expect(conducting.has(net) || seed.circuit.isPort(net), `${seed.title}: ${net}`).toBe(true);
      }
    }
  });

  it("name ports as the dataset does", () => {
    const kinds = new Set(all.flatMap(({ circuit }) => circuit.ports.map(portKind)));
    expect([...kinds].sort()).toEqual(["IB", "VB", "VCM", "VDD", "VIN", "VOUT", "VSS"]);
  });

  it("come in complements: as many p-input ones without wells of their own as n-input ones", () => {
    const count = (start: string): number =>
      all.filter(({ title }) => title.startsWith(start) && !title.includes("in its own well")).length;
    expect(count("p-input")).toBe(count("n-input"));
  });
});
