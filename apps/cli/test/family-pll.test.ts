import { type Circuit, circuitElements, missingPort, type DeviceType, type Simulator } from "@topogenie/core";
import { pllFamily, pllOptions } from "@topogenie/family-pll";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes, expectSoundSeeds, isFunctional, measured, sized, startSimulator } from "./simulated-family.js";

const family = pllFamily(pllOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("pll family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 200, fewest: 21, most: 67 });
  });
  it("asks by its ports for what its bench needs: a reference and an output, under any of their names", () => {
    const rails = ["VDD", "VSS"];
    const inverter = (input: string, output: string): Circuit =>
      sized("c", [...rails, input, output].join(" "), [
        `M1 nmos4 ${output} ${input} VSS VSS`,
        `M2 pmos4 ${output} ${input} VDD VDD`,
      ]);
    for (const [input, output] of [
      ["VIN1", "VOUT1"],
      ["LOGICA1", "LOGICQ1"],
      ["VIN1", "LOGICF1"],
    ] as const) {
      const circuit = inverter(input, output);
      expect(missingPort(circuit, family)).toBeUndefined();
      expect(family.testbenches(circuitElements(circuit, deviceTypes))).toHaveLength(1);
    }
    for (const [input, output] of [
      ["VCONT1", "VOUT1"],
      ["VIN1", "LOGICG1"],
    ] as const) {
      const circuit = inverter(input, output);
      expect(missingPort(circuit, family)).toMatch(/^needs 1 (VIN or LOGICA|VOUT or LOGICQ or LOGICF) port$/);
      expect(() => family.testbenches(circuitElements(circuit, deviceTypes))).toThrow("a loop's bench needs one of each");
    }
  });
});

/** Inverters in a row; the last drives the output. */
function chain(from: string, nets: readonly string[]): string[] {
  return nets.flatMap((net, index) => {
    const input = nets[index - 1] ?? from;
    return [`N${index} nmos4 ${net} ${input} VSS VSS w=1e-6`, `P${index} pmos4 ${net} ${input} VDD VDD w=2e-6`];
  });
}

describe("loops in the real simulator", () => {
  it("one of a charge pump and a starved ring locks at once in frequency and phase, and follows its reference", async () => {
    const loop = [...family.seeds()].find(
      ({ title }) => title === "charge pump with switches at the rails, second-order filter, 3-stage current-starved ring",
    );
    if (loop === undefined) throw new Error("there is no such loop among the seeds");
    const values = await measured(family, loop.circuit, { deviceTypes, simulator });
    expect(values.multiple).toBe(1);
    expect(values.frequencyError).toBeLessThan(0.005);
    expect(values.phaseWander).toBeLessThan(0.05);
    // 0.3 pF and 4 pF are charged to some 0.8 V by 20 uA: 170 ns.
    expect(values.lockTime).toBeGreaterThan(100e-9);
    expect(values.lockTime).toBeLessThan(240e-9);
    expect(isFunctional(family, values)).toBe(true);
  }, 180_000);

  it("neither a chain of inverters nor a free oscillator is a loop", async () => {
    const ports = "VDD VSS VIN1 VOUT1";
    const handsOn = await measured(family, sized("hands-on", ports, chain("VIN1", ["a", "b", "c", "VOUT1"])), {
      deviceTypes,
      simulator,
    });
    expect(handsOn.frequencyError).toBeLessThan(0.01);
    expect(handsOn.coastCycles).toBe(0);
    expect(isFunctional(family, handsOn)).toBe(false);
    const ring = chain("VOUT1", ["a", "VOUT1"]).concat("MX nmos4 a VIN1 VSS VSS w=0.22e-6 l=5e-6");
    const free = [
      ...chain("c", ["a", "b", "c"]),
      "NX nmos4 VOUT1 c VSS VSS",
      "PX pmos4 VOUT1 c VDD VDD",
      "CX capacitor a VIN1 c=5e-15",
    ];
    for (const [name, lines] of [
      ["latch", ring],
      ["free", free],
    ] as const) {
      expect(isFunctional(family, await measured(family, sized(name, ports, lines), { deviceTypes, simulator })), name).toBe(
        false,
      );
    }
  });
});
