import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalForm, canonicalHash } from "../../src/circuit/canonical/canonical-form.js";
import type { Circuit } from "../../src/circuit/circuit.js";
import { bruteForceIsomorphic } from "../fixtures/brute-force-isomorphism.js";
import { arbitraryCircuit, circuit, type Line, scrambled } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const form = (one: Circuit): string => canonicalForm(one, deviceTypes);

const anyCircuit = arbitraryCircuit({
  maxDevices: 24,
  internalNets: 14,
  ports: ["VDD", "VSS", "VIN1", "VIN2", "VOUT1", "VB1", "VB2", "VB3"],
  types: [...deviceTypes.keys()],
});

/** Few nets and types, so that two of them are often alike. */
const tinyCircuit = arbitraryCircuit({
  maxDevices: 4,
  internalNets: 3,
  ports: ["VSS", "VIN1", "VIN2"],
  types: ["nmos4", "resistor", "diode"],
});

/** Even fewer, so that unrelated ones are often alike too. */
const minuteCircuit = arbitraryCircuit({
  maxDevices: 3,
  internalNets: 2,
  ports: ["VSS", "VIN1"],
  types: ["resistor", "diode"],
});

function moveOnePin(original: Circuit, device: number, pin: number, target: number): Circuit {
  const nets = [...original.nets.keys()];
  return circuit(
    original.ports,
    ...original.devices.map((own, index): Line => {
      const moved = [...own.nets];
      if (index === device % original.devices.length) moved[pin % moved.length] = nets[target % nets.length] ?? "";
      return [own.name, own.type, ...moved];
    }),
  );
}

describe("canonical form", () => {
  it("does not change when devices, nets, lines, interchangeable pins and port numbers are scrambled", () => {
    fc.assert(
      fc.property(anyCircuit, fc.integer(), (original, seed) => {
        expect(form(scrambled(original, seed))).toBe(form(original));
      }),
      { numRuns: 1500 },
    );
  });

  it("agrees with trying every mapping, on unrelated small circuits", () => {
    let alike = 0;
    fc.assert(
      fc.property(minuteCircuit, minuteCircuit, (left, right) => {
        const isomorphic = bruteForceIsomorphic(left, right);
        if (isomorphic) alike++;
        expect(form(left) === form(right)).toBe(isomorphic);
      }),
      { numRuns: 50_000, seed: 7 },
    );
    expect(alike).toBeGreaterThan(50);
  });

  it("agrees with trying every mapping, on scrambled circuits with one pin moved", () => {
    let alike = 0;
    let different = 0;
    fc.assert(
      fc.property(tinyCircuit, fc.nat(), fc.nat(), fc.nat(), fc.integer(), (original, device, pin, target, seed) => {
        const edited = scrambled(moveOnePin(original, device, pin, target), seed);
        const isomorphic = bruteForceIsomorphic(original, edited);
        if (isomorphic) alike++;
        else different++;
        expect(form(original) === form(edited)).toBe(isomorphic);
      }),
      { numRuns: 50_000, seed: 11 },
    );
    expect(Math.min(alike, different)).toBeGreaterThan(500);
  });

  it("tells apart what colour refinement alone cannot: one ring of six and two rings of three", () => {
    const ring = (first: number, length: number): Line[] =>
      Array.from({ length }, (_, index) => [
        `R${first + index}`,
        "resistor",
        `n${first + index}`,
        `n${first + ((index + 1) % length)}`,
      ]);
    const one = circuit(["VSS"], ...ring(0, 6));
    const two = circuit(["VSS"], ...ring(0, 3), ...ring(3, 3));
    expect(form(one)).not.toBe(form(two));
    expect(form(scrambled(two, 3))).toBe(form(two));
  });

  it("tells gate from drain, anode from cathode, and one kind of port from another", () => {
    const different = [
      circuit(["VDD", "VSS"], ["M1", "nmos4", "VDD", "a", "VSS", "VSS"], ["R1", "resistor", "a", "VDD"]),
      circuit(["VDD", "VSS"], ["M1", "nmos4", "a", "VDD", "VSS", "VSS"], ["R1", "resistor", "a", "VDD"]),
      circuit(["VDD", "VSS"], ["D1", "diode", "VDD", "VSS"]),
      circuit(["VDD", "VSS"], ["D1", "diode", "VSS", "VDD"]),
      circuit(["VIN1", "VSS"], ["D1", "diode", "VIN1", "VSS"]),
      circuit(["VB1", "VSS"], ["D1", "diode", "VB1", "VSS"]),
      circuit(["VB1", "VB2", "VSS"], ["D1", "diode", "VB1", "VSS"]),
      circuit(["VSS"], ["D1", "diode", "VB1", "VSS"]),
    ];
    expect(new Set(different.map(form)).size).toBe(different.length);
  });

  it("counts parallel devices", () => {
    const parallel = (count: number): Circuit =>
      circuit(["VDD", "VSS"], ...Array.from({ length: count }, (_, index): Line => [`R${index}`, "resistor", "VDD", "VSS"]));
    expect(form(parallel(3))).not.toBe(form(parallel(4)));
    expect(form(scrambled(parallel(4), 1))).toBe(form(parallel(4)));
  });

  it.each(Object.entries(symmetricCircuits()))("is quick and exact on a circuit with many symmetries: %s", (_, symmetric) => {
    const start = performance.now();
    expect(form(scrambled(symmetric, 5))).toBe(form(symmetric));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(form(moveOnePin(symmetric, 1, 0, 1))).not.toBe(form(symmetric));
  });

  it("takes values and names for nothing", () => {
    const bare = circuit(["VSS"], ["R1", "resistor", "a", "VSS"]);
    const sized = { name: "other", type: "resistor", nets: ["b", "VSS"], values: { r: 1000 } };
    const { ports } = bare;
    expect(form(new (bare.constructor as typeof Circuit)({ name: "x", ports, devices: [sized] }))).toBe(form(bare));
  });

  it("has a short hash", () => {
    const one = circuit(["VSS"], ["R1", "resistor", "a", "VSS"]);
    expect(canonicalHash(one, deviceTypes)).toMatch(/^[0-9a-f]{20}$/);
    expect(canonicalHash(scrambled(one, 1), deviceTypes)).toBe(canonicalHash(one, deviceTypes));
  });

  it("refuses devices that it does not know, saying which", () => {
    expect(() => form(circuit(["VSS"], ["M7", "nmos5", "a", "VSS"]))).toThrow(
      expect.objectContaining({
        code: "DEVICE_TYPE_UNKNOWN",
        message: expect.stringContaining('Did you mean "nmos4"') as string,
      }),
    );
    expect(() => form(circuit(["VSS"], ["M7", "nmos4", "a", "VSS"]))).toThrow(
      expect.objectContaining({ code: "CIRCUIT_INVALID", message: expect.stringContaining("M7") as string }),
    );
  });
});

function symmetricCircuits(): Record<string, Circuit> {
  const rails = ["VDD", "VSS"];
  const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const graph = (edges: readonly (readonly [number, number])[]): Circuit =>
    circuit(rails, ...edges.map(([from, to], index): Line => [`R${index}`, "resistor", `n${from}`, `n${to}`]));
  return {
    "64 parallel resistors and a marked one": circuit(
      rails,
      ["D0", "diode", "VDD", "VSS"],
      ...range(64).map((index): Line => [`R${index}`, "resistor", "VDD", "VSS"]),
    ),
    "64 equal branches": circuit(
      rails,
      ...range(64).flatMap((index): Line[] => [
        [`R${index}`, "resistor", "VDD", `n${index}`],
        [`C${index}`, "capacitor", `n${index}`, "VSS"],
      ]),
    ),
    "a ring of 63 inverters": circuit(
      rails,
      ...range(63).map((index): Line => [`I${index}`, "INVERTER", `n${index}`, `n${(index + 1) % 63}`, ...rails]),
    ),
    "8 rings of 8": graph(range(64).map((index) => [index, (index & ~7) + ((index + 1) % 8)] as const)),
    "a ladder of 100 rungs": circuit(
      rails,
      ...range(100).flatMap((index): Line[] => [
        [`R${index}`, "resistor", index === 0 ? "VDD" : `n${index - 1}`, `n${index}`],
        [`C${index}`, "capacitor", `n${index}`, "VSS"],
      ]),
    ),
    "a complete graph of 10": graph(range(10).flatMap((index) => range(index).map((other) => [index, other] as const))),
    "a hypercube of 6 dimensions": graph(
      range(64).flatMap((index) =>
        range(6)
          .filter((bit) => index < (index ^ (1 << bit)))
          .map((bit) => [index, index ^ (1 << bit)] as const),
      ),
    ),
    "Petersen's graph": graph(
      range(5).flatMap((index) => [
        [index, (index + 1) % 5] as const,
        [index, index + 5] as const,
        [index + 5, ((index + 2) % 5) + 5] as const,
      ]),
    ),
  };
}
