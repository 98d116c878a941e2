import { checkRules, missingPort, type DeviceType, type Simulator } from "@topogenie/core";
import { comparatorFamily, comparatorOptions } from "@topogenie/family-comparator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allDeviceTypes,
  expectSoundSeeds,
  expectWiderSeeds,
  isFunctional,
  measured,
  sized,
  startSimulator,
} from "./simulated-family.js";

const family = comparatorFamily(comparatorOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

const CLOCKED = "VDD VSS VIN1 VIN2 VCLK1 VOUT1 VOUT2";
/** The StrongARM latch in minimum length, `first` micrometres the first input device and 4 the second. */
function strongArm(first = 4): readonly string[] {
  return [
    "M1 nmos4 T VCLK1 VSS VSS w=8e-6 l=0.18e-6",
    `M2 nmos4 X VIN1 T VSS w=${first}e-6 l=0.18e-6`,
    "M3 nmos4 Y VIN2 T VSS w=4e-6 l=0.18e-6",
    "M4 nmos4 VOUT1 VOUT2 X VSS w=2e-6 l=0.18e-6",
    "M5 nmos4 VOUT2 VOUT1 Y VSS w=2e-6 l=0.18e-6",
    "M6 pmos4 VOUT1 VOUT2 VDD VDD w=4e-6 l=0.18e-6",
    "M7 pmos4 VOUT2 VOUT1 VDD VDD w=4e-6 l=0.18e-6",
    "M8 pmos4 VOUT1 VCLK1 VDD VDD w=2e-6 l=0.18e-6",
    "M9 pmos4 VOUT2 VCLK1 VDD VDD w=2e-6 l=0.18e-6",
    "M10 pmos4 X VCLK1 VDD VDD w=1e-6 l=0.18e-6",
    "M11 pmos4 Y VCLK1 VDD VDD w=1e-6 l=0.18e-6",
  ];
}

describe("comparator family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 250, fewest: 5, most: 38 });
  });

  it("draws more seeds when they may depart further", () => {
    const wider = comparatorFamily(comparatorOptions.parse({ departures: 3 }));
    expectWiderSeeds(family, wider, deviceTypes, { atLeast: 10_000, every: 100 });
  });
});

describe("comparators in the real simulator", () => {
  it("a StrongARM latch decides rail to rail in well under a nanosecond for some tens of femtojoules", async () => {
    const values = await measured(
      family,
      sized("strong-arm", CLOCKED, strongArm()),
      { deviceTypes, simulator },
      { inputCommonMode: 1 },
    );
    expect(isFunctional(family, values), JSON.stringify(values)).toBe(true);
    expect(values.decisionMargin).toBeGreaterThan(1.7);
    expect(values.delay).toBeGreaterThan(50e-12);
    expect(values.delay).toBeLessThan(1e-9);
    expect(values.resolution).toBe(2e-3);
    // Some 60 fF at 1.8 V.
    expect(values.energy).toBeGreaterThan(50e-15);
    expect(values.energy).toBeLessThan(600e-15);
  }, 120_000);

  it("mismatched inputs shift the threshold beyond what must be decided", async () => {
    const skewed = await measured(
      family,
      sized("skewed", CLOCKED, strongArm(6)),
      { deviceTypes, simulator },
      { inputCommonMode: 1 },
    );
    expect(skewed.decisionMargin).toBeLessThan(0);
    expect(isFunctional(family, skewed)).toBe(false);
  });

  it("an open-loop amplifier with an inverter decides without a clock, its hysteresis decides how small a difference", async () => {
    const ports = "VDD VSS VIN1 VIN2 VOUT1 IB1";
    const lines = [
      "M1 nmos4 A VIN1 T VSS w=10e-6 l=0.5e-6",
      "M2 nmos4 B VIN2 T VSS w=10e-6 l=0.5e-6",
      "M3 pmos4 A A VDD VDD w=10e-6 l=0.5e-6",
      "M4 pmos4 B B VDD VDD w=10e-6 l=0.5e-6",
      "M5 nmos4 T IB1 VSS VSS w=20e-6 l=0.5e-6",
      "M6 nmos4 IB1 IB1 VSS VSS w=10e-6 l=0.5e-6",
      "M7 pmos4 O A VDD VDD w=20e-6 l=0.5e-6",
      "M8 pmos4 D B VDD VDD w=20e-6 l=0.5e-6",
      "M9 nmos4 D D VSS VSS w=5e-6 l=0.5e-6",
      "M10 nmos4 O D VSS VSS w=5e-6 l=0.5e-6",
      "M11 pmos4 VOUT1 O VDD VDD w=4e-6 l=0.18e-6",
      "M12 nmos4 VOUT1 O VSS VSS w=2e-6 l=0.18e-6",
    ];
    const crossed = (width: number): readonly string[] => [
      `M13 pmos4 A B VDD VDD w=${width} l=0.5e-6`,
      `M14 pmos4 B A VDD VDD w=${width} l=0.5e-6`,
    ];
    const bench = { deviceTypes, simulator };
    const bias = { IB1: 100e-6, inputCommonMode: 1 };
    const plain = await measured(family, sized("plain", ports, lines), bench, bias);
    expect(isFunctional(family, plain), JSON.stringify(plain)).toBe(true);
    const hysteretic = await measured(family, sized("hysteretic", ports, [...lines, ...crossed(30e-6)]), bench, bias);
    expect(isFunctional(family, hysteretic), JSON.stringify(hysteretic)).toBe(false);
  });

  it("refuses what does not decide: a buffered clock, a follower, a plain pair", async () => {
    const cheats = [
      sized("clock", CLOCKED, [
        "M1 nmos4 VOUT1 VCLK1 VSS VSS",
        "M2 pmos4 VOUT1 VCLK1 VDD VDD",
        "M3 nmos4 VOUT2 VOUT1 VIN1 VSS",
        "M4 pmos4 VOUT2 VOUT1 VDD VDD",
        "R1 resistor VIN2 VOUT1 r=1e6",
      ]),
      sized("follower", "VDD VSS VIN1 VOUT1", ["M1 nmos4 VDD VIN1 VOUT1 VSS", "R1 resistor VOUT1 VSS"]),
      sized("pair", "VDD VSS VIN1 VIN2 VOUT1 VOUT2", [
        "M1 nmos4 VOUT1 VIN1 T VSS",
        "M2 nmos4 VOUT2 VIN2 T VSS",
        "R1 resistor VDD VOUT1",
        "R2 resistor VDD VOUT2",
        "R3 resistor T VSS",
      ]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });

  it("names what is missing", () => {
    const rules = (ports: string, lines: readonly string[]): readonly string[] =>
      checkRules(sized("broken", ports, lines), deviceTypes, family.rules).map(({ rule }) => rule);
    expect(missingPort(sized("mute", "VDD VSS VIN1", ["M1 nmos4 X VIN1 VSS VSS"]), family)).toBe("needs 1 VOUT or LOGICQ port");
    expect(rules("VDD VSS VIN1 VOUT1", ["R1 resistor VDD VOUT1", "C1 capacitor VIN1 VSS"])).toContain(
      "comparator-inputs-reach-output",
    );
  });
});
