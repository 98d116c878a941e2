import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Circuit } from "../../src/circuit/circuit.js";
import { CircuitClassifier } from "../../src/circuit/similarity/circuit-classifier.js";
import { circuitDistance, CircuitIndex } from "../../src/circuit/similarity/circuit-index.js";
import { arbitraryCircuit, circuit, type Line, scrambled } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const anyCircuit = arbitraryCircuit({
  maxDevices: 12,
  internalNets: 8,
  ports: ["VDD", "VSS", "VIN1", "VOUT1", "VB1"],
  types: [...deviceTypes.keys()],
});

const distance = (one: Circuit, other: Circuit): number => circuitDistance(one, other, deviceTypes);

const ports = ["VDD", "VSS", "VIN1", "VOUT1"];
const stage: readonly Line[] = [
  ["M1", "nmos4", "VOUT1", "VIN1", "VSS", "VSS"],
  ["R1", "resistor", "VDD", "VOUT1"],
];
const degenerated: readonly Line[] = [
  ["M1", "nmos4", "VOUT1", "VIN1", "a", "VSS"],
  ["R1", "resistor", "VDD", "VOUT1"],
  ["R2", "resistor", "a", "VSS"],
];
const filter: readonly Line[] = [
  ["R1", "resistor", "VIN1", "VOUT1"],
  ["C1", "capacitor", "VOUT1", "VSS"],
];

describe("distance of circuits", () => {
  it("is nothing between drawings of one topology, and a metric between others", () => {
    fc.assert(
      fc.property(anyCircuit, anyCircuit, anyCircuit, fc.integer(), (one, two, three, seed) => {
        expect(distance(one, scrambled(one, seed))).toBe(0);
        expect(distance(one, two)).toBe(distance(two, one));
        expect(distance(one, three)).toBeLessThanOrEqual(distance(one, two) + distance(two, three) + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it("is small between circuits that differ by a device, and larger between those of different make", () => {
    const near = distance(circuit(ports, ...stage), circuit(ports, ...degenerated));
    const far = distance(circuit(ports, ...stage), circuit(ports, ...filter));
    expect(near).toBeGreaterThan(0);
    expect(near).toBeLessThan(far);
    expect(far).toBeLessThan(1);
  });

  it("does not grow because a device far away was added to a rail", () => {
    const load: Line = ["R9", "resistor", "VDD", "VOUT1"];
    const far: Line = ["R9", "resistor", "VDD", "VSS"];
    const original = circuit(ports, ...degenerated);
    expect(distance(original, circuit(ports, ...degenerated, far))).toBeLessThan(
      distance(original, circuit(ports, ...degenerated, load)),
    );
  });

  it("is 1 between circuits without anything in common", () => {
    const one = circuit(["VIN1"], ["R1", "resistor", "VIN1", "VIN1"]);
    expect(distance(one, circuit(["VOUT1"], ["C1", "capacitor", "VOUT1", "VOUT1"]))).toBe(1);
  });
});

describe("circuit index", () => {
  it("finds the nearest first, and no more than it holds", () => {
    const index = new CircuitIndex<string>(deviceTypes);
    index.add("filter", circuit(ports, ...filter));
    index.add("degenerated", circuit(ports, ...degenerated));
    const found = index.nearest(circuit(ports, ...stage), 5);
    expect(found.map(({ key }) => key)).toEqual(["degenerated", "filter"]);
    expect(index.nearest(circuit(ports, ...filter), 1)).toEqual([{ key: "filter", distance: 0 }]);
  });
});

describe("circuit classifier", () => {
  const classifier = new CircuitClassifier(deviceTypes);
  classifier.learn("amplifier", circuit(ports, ...degenerated));
  classifier.learn("filter", circuit(ports, ...filter));

  it("says what the most alike circuits are, and which they were", () => {
    const verdict = classifier.classify(circuit(ports, ...stage));
    expect(verdict?.label).toBe("amplifier");
    expect(verdict?.voters.map(({ label }) => label)).toEqual(["amplifier", "filter"]);
    expect(verdict?.confidence).toBeGreaterThan(0.5);
  });

  it("leaves out the votes of circuits that it is told not to ask", () => {
    const named = circuit(ports, ...degenerated);
    expect(classifier.classify(named)?.label).toBe("amplifier");
    expect(classifier.classify(named, new Set([named.name]))).toBeUndefined();
  });

  it("does not guess where nothing is alike", () => {
    expect(new CircuitClassifier(deviceTypes).classify(circuit(ports, ...stage))).toBeUndefined();
  });
});
