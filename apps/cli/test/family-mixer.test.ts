import { type DeviceType, type Simulator } from "@topogenie/core";
import { mixerFamily, mixerOptions } from "@topogenie/family-mixer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes, expectSoundSeeds, isFunctional, measured, sized, startSimulator } from "./simulated-family.js";

const family = mixerFamily(mixerOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("mixer family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 200, fewest: 3, most: 16 });
  }, 60_000);
});

describe("mixers in the real simulator", () => {
  it("ideal-looking switches convert with 2 / pi", async () => {
    const circuit = sized("ring", "VSS VRF1 VRF2 VLO1 VLO2 VIF1 VIF2", [
      "M1 nmos4 VIF1 VLO1 VRF1 VSS w=100e-6 l=0.18e-6",
      "M2 nmos4 VIF2 VLO2 VRF1 VSS w=100e-6 l=0.18e-6",
      "M3 nmos4 VIF1 VLO2 VRF2 VSS w=100e-6 l=0.18e-6",
      "M4 nmos4 VIF2 VLO1 VRF2 VSS w=100e-6 l=0.18e-6",
      "R1 resistor VIF1 VSS r=20e3",
      "R2 resistor VIF2 VSS r=20e3",
    ]);
    const drive = { oscillatorAmplitude: 1.8, oscillatorBias: 0.5 };
    const values = await measured(family, circuit, { deviceTypes, simulator }, drive);
    // 20 log10(2 * 2 / pi) of the source's matched voltage, less the 50 ohm in series with the load, channels, and soft edges.
    expect(values.conversionGain).toBeLessThan(2.1);
    expect(values.conversionGain).toBeGreaterThan(-2.5);
    expect(values.inputIntercept).toBeGreaterThan(-3);
    expect(isFunctional(family, values)).toBe(true);
  });

  it("a Gilbert cell has gain, and balance keeps its local oscillator from the output", async () => {
    const [seed] = family.seeds();
    if (seed === undefined) throw new Error("there are no seeds");
    expect(seed.title).toMatch(/^Double-balanced MOS active mixer/);
    const values = await measured(family, seed.circuit, { deviceTypes, simulator });
    expect(values.conversionGain).toBeGreaterThan(0);
    expect(values.oscillatorLeakage).toBeLessThan(1e-3);
    expect(isFunctional(family, values)).toBe(true);
  });

  it("neither feed-through of signal and local oscillator nor a linear amplifier mixes", async () => {
    const cheats = [
      sized("feed-through", "VDD VSS VRF1 VLO1 VIF1", [
        "R1 resistor VRF1 VIF1 r=100",
        "R2 resistor VLO1 VIF1 r=100",
        "C1 capacitor VIF1 VSS c=1e-12",
        "R3 resistor VDD VIF1 r=10e3",
      ]),
      sized("amplifier", "VDD VSS VRF1 VLO1 VIF1", [
        "M1 nmos4 VIF1 VRF1 S VSS w=20e-6 l=0.18e-6",
        "R1 resistor S VSS r=400",
        "R2 resistor VDD VIF1 r=600",
        "C1 capacitor VLO1 VIF1 c=10e-15",
      ]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator }, { oscillatorAmplitude: 0.5 });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });
});
