import { type DeviceType, type Simulator } from "@topogenie/core";
import { lnaFamily, lnaOptions } from "@topogenie/family-lna";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes, expectSoundSeeds, isFunctional, measured, sized, startSimulator } from "./simulated-family.js";

const family = lnaFamily(lnaOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("low-noise amplifier family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 400, fewest: 3, most: 21 });
  }, 60_000);
});

const SHUNT_MATCHED = [
  "R1 resistor VIN1 VSS r=50",
  "M1 nmos4 X VIN1 VSS VSS w=100e-6 l=0.18e-6",
  "M2 nmos4 VOUT1 VDD X VSS w=100e-6 l=0.18e-6",
  "L1 inductor VDD VOUT1 l=12e-9",
];

describe("low-noise amplifiers in the real simulator", () => {
  it("a resistor across the input matches it, and costs at least half of the signal: 3 dB of noise", async () => {
    const circuit = sized("shunt-matched", "VDD VSS VIN1 VOUT1", SHUNT_MATCHED);
    // The two resistors halve the bias.
    const values = await measured(family, circuit, { deviceTypes, simulator }, { inputBias: 1.4 });
    expect(values.inputReflection).toBeLessThan(-6);
    expect(values.noiseFigure).toBeGreaterThan(3);
    expect(values.gain).toBeGreaterThan(3);
  });

  it("a textbook cascode with inductive degeneration is matched and quieter than that", async () => {
    // The real part of the input impedance is gm Ls / Cgs, about 50 ohm; the gate coil resonates with Cgs of some 0.4 pF.
    const circuit = sized("degenerated", "VDD VSS VIN1 VOUT1", [
      "L1 inductor VIN1 G l=8e-9",
      "M1 nmos4 X G S VSS w=250e-6 l=0.18e-6",
      "L2 inductor S VSS l=0.5e-9",
      "M2 nmos4 VOUT1 VDD X VSS w=200e-6 l=0.18e-6",
      "L3 inductor VDD VOUT1 l=6e-9",
    ]);
    const values = await measured(family, circuit, { deviceTypes, simulator }, { inputBias: 0.65 });
    expect(values.gain).toBeGreaterThan(6);
    expect(values.noiseFigure).toBeLessThan(3);
    expect(isFunctional(family, values)).toBe(true);
    expect(family.figureOfMerit.evaluate(values)).toBeGreaterThan(0);
  });

  it("a passive network passes on no more than the available power, however it transforms the voltage", async () => {
    const cheats = [
      // 50 ohm up to 500 ohm by an L section at 2.4 GHz.
      sized("transformer", "VDD VSS VIN1 VOUT1", [
        "L1 inductor VIN1 VOUT1 l=10e-9",
        "C1 capacitor VOUT1 VSS c=0.4e-12",
        "R1 resistor VDD VOUT1 r=100e3",
      ]),
      sized("wire", "VDD VSS VIN1 VOUT1", ["R1 resistor VIN1 VOUT1 r=10", "R2 resistor VDD VOUT1 r=50e3"]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator });
      expect(values.gain).toBeLessThan(0.01);
      expect(isFunctional(family, values), JSON.stringify(values)).toBe(false);
    }
  });
});
