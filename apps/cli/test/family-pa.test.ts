import { type DeviceType, type Simulator } from "@topogenie/core";
import { paFamily, paOptions } from "@topogenie/family-pa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes, expectSoundSeeds, isFunctional, measured, sized, startSimulator } from "./simulated-family.js";

const family = paFamily(paOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("power amplifier family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 300, fewest: 3, most: 28 });
  }, 60_000);
});

describe("power amplifiers in the real simulator", () => {
  it("a class-B stage gives power at less than pi / 4 of efficiency and passes on what conservation of energy allows", async () => {
    const circuit = sized("class-b", "VDD VSS VIN1 VOUT1", [
      "M1 nmos4 D VIN1 VSS VSS w=500e-6 l=0.18e-6",
      "L1 inductor VDD D l=8e-9",
      "C1 capacitor VDD D c=2e-12",
      "C2 capacitor D VOUT1 c=50e-12",
    ]);
    const values = await measured(family, circuit, { deviceTypes, simulator }, { inputBias: 0.5, drive: 1 });
    expect(isFunctional(family, values), JSON.stringify(values)).toBe(true);
    expect(values.drainEfficiency).toBeLessThan(Math.PI / 4);
    expect(values.powerAddedEfficiency).toBeLessThan(values.drainEfficiency ?? 0);
    // An amplitude of little more than the supply across 50 ohm.
    expect(values.outputPower).toBeLessThan(1.25 * (1.8 ** 2 / 100));
  });

  it("neither a wire, nor a transformer, nor an oscillator at the carrier's frequency is a power amplifier", async () => {
    const cheats = [
      sized("wire", "VDD VSS VIN1 VOUT1", ["C1 capacitor VIN1 VOUT1 c=50e-12", "R1 resistor VDD VOUT1 r=1e3"]),
      sized("transformer", "VDD VSS VIN1 VOUT1", [
        "L1 inductor VIN1 VOUT1 l=8e-9",
        "C1 capacitor VOUT1 VSS c=3e-12",
        "R1 resistor VDD VOUT1 r=1e3",
      ]),
      sized("oscillator", "VDD VSS VIN1 VOUT1 VOUT2", [
        "M1 nmos4 VOUT1 VOUT2 VSS VSS w=300e-6 l=0.18e-6",
        "M2 nmos4 VOUT2 VOUT1 VSS VSS w=300e-6 l=0.18e-6",
        "L1 inductor VDD VOUT1 l=2e-9",
        "L2 inductor VDD VOUT2 l=2e-9",
        "C1 capacitor VOUT1 VOUT2 c=6e-12",
        "C2 capacitor VIN1 VOUT1 c=1e-12",
      ]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });
});
