import { describe, expect, it } from "vitest";
import type { Testbench } from "../../src/contracts/circuit-family.js";
import { designVariables } from "../../src/sizing/design-variables.js";
import { dimensionMeanings } from "../../src/sizing/dimension-meaning.js";
import { fiveTransistorOta } from "./amplifiers.js";
import { sizedDeviceTypes } from "./sized-device-types.js";
import { Circuit } from "../../src/circuit/circuit.js";

const bench = {
  variables: [{ name: "VB1", title: "", unit: "V", minimum: 0, maximum: 1, scale: "linear", default: 0.5, sets: ["vb1.dc"] }],
} as unknown as Testbench;

function meaningsOf(circuit: Circuit) {
  const variables = designVariables(circuit, sizedDeviceTypes, [bench]);
  return new Map(
    dimensionMeanings(circuit, sizedDeviceTypes, variables).map((meaning, index) => [variables[index]?.name, meaning]),
  );
}

describe("what a dimension means", () => {
  const meanings = meaningsOf(fiveTransistorOta);

  it("says the device type, the parameter, how many share the size, and what each pin meets", () => {
    expect(meanings.get("M1=M2.w")).toMatchObject({ quantity: "nmos4.w", devices: 2 });
    expect(meanings.get("M1=M2.w")?.place).toContain("G:VIN");
    expect(meanings.get("M3=M4.l")?.place.some((word) => word.includes("=G") || word.includes("=D"))).toBe(true);
    expect(meanings.get("VB1")).toEqual({ quantity: "VB", devices: 0, place: ["on:nmos4.G"] });
  });

  it("does not depend on what devices and internal nets are called, nor on their order", () => {
    const renamed = new Circuit({
      name: "renamed",
      ports: fiveTransistorOta.ports,
      devices: fiveTransistorOta.devices
        .map(({ name, type, nets }) => ({
          name: `Q${name}`,
          type,
          nets: nets.map((net) => (fiveTransistorOta.isPort(net) ? net : `other_${net}`)),
        }))
        .reverse(),
    });
    const words = (circuit: Circuit) =>
      [...meaningsOf(circuit).values()].map((meaning) => JSON.stringify([meaning.quantity, meaning.devices])).sort();
    expect(words(renamed)).toEqual(words(fiveTransistorOta));
    expect([...meaningsOf(renamed).values()].find(({ quantity }) => quantity === "VB")).toEqual(meanings.get("VB1"));
  });
});
