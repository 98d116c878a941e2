import { type DeviceType, type Simulator } from "@topogenie/core";
import { vcoFamily, vcoOptions } from "@topogenie/family-vco";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes, expectSoundSeeds, isFunctional, measured, sized, startSimulator } from "./simulated-family.js";

const family = vcoFamily(vcoOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("oscillator family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 300, fewest: 6, most: 40 });
  }, 60_000);
});

const CROSS_COUPLED = [
  "M1 nmos4 VOUT1 VOUT2 T VSS w=20e-6 l=0.18e-6",
  "M2 nmos4 VOUT2 VOUT1 T VSS w=20e-6 l=0.18e-6",
  "M3 nmos4 T VB1 VSS VSS w=60e-6 l=0.18e-6",
  "L1 inductor VDD VOUT1 l=2e-9",
  "L2 inductor VDD VOUT2 l=2e-9",
];

describe("oscillators in the real simulator", () => {
  it("a cross-coupled pair runs at the resonance of its tank and keeps its amplitude", async () => {
    const lines = [...CROSS_COUPLED, "C1 capacitor VOUT1 VSS c=2e-12", "C2 capacitor VOUT2 VSS c=2e-12"];
    const circuit = sized("tank", "VDD VSS VOUT1 VOUT2 VB1", lines);
    const values = await measured(family, circuit, { deviceTypes, simulator }, { VB1: 0.9 });
    const resonance = 1 / (2 * Math.PI * Math.sqrt(2e-9 * 2e-12));
    // The transistors' capacitance and the coils' losses lower it by some per cent.
    expect((values.frequency ?? 0) / resonance).toBeGreaterThan(0.88);
    expect((values.frequency ?? 0) / resonance).toBeLessThan(1.01);
    expect(values.tuningRange).toBe(0);
    expect(isFunctional(family, values), JSON.stringify(values)).toBe(true);
    // Nine decades of thermal noise and a resonator: better than any ring, not better than physics.
    expect(values.phaseNoise).toBeLessThan(-100);
    expect(values.phaseNoise).toBeGreaterThan(-150);
  });

  it("a ring is as fast as twice its stages' delays, and a starved one follows its control", async () => {
    const found = new Map<number, number>();
    for (const stages of [3, 7]) {
      const seed = [...family.seeds()].find(({ title }) => title === `Ring of ${stages} stages, starved by n-channel feet`);
      if (seed === undefined) throw new Error(`there is no starved ring of ${stages} among the seeds`);
      const values = await measured(family, seed.circuit, { deviceTypes, simulator });
      expect(values.tuningRange).toBeGreaterThan(0.2);
      found.set(stages, values.frequency ?? Number.NaN);
    }
    const ratio = (found.get(3) ?? 0) / (found.get(7) ?? 0);
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(2.7);
  });

  it("neither a tank that rings down, nor a latch, nor two starved transistors oscillate", async () => {
    const cheats = [
      sized("ringing", "VDD VSS VOUT1", [
        "L1 inductor VDD VOUT1 l=5e-9",
        "C1 capacitor VOUT1 VSS c=1e-12",
        "M1 nmos4 VOUT1 VOUT1 X VSS w=1e-6 l=1e-6",
        "R1 resistor X VSS r=50e3",
      ]),
      sized("latch", "VDD VSS VOUT1 VOUT2", [
        "M1 nmos4 VOUT1 VOUT2 VSS VSS",
        "M2 pmos4 VOUT1 VOUT2 VDD VDD",
        "M3 nmos4 VOUT2 VOUT1 VSS VSS",
        "M4 pmos4 VOUT2 VOUT1 VDD VDD",
      ]),
      sized("starved", "VDD VSS VOUT1 VOUT2 VB1", [
        ...CROSS_COUPLED.map((line) => line.replace("w=20e-6", "w=0.5e-6")),
        "C1 capacitor VOUT1 VOUT2 c=1e-12",
      ]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });
});
