import { checkRules, missingPort, type DeviceType, type Simulator } from "@topogenie/core";
import { ldoFamily, ldoOptions } from "@topogenie/family-ldo";
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

const options = ldoOptions.parse({});
const family = ldoFamily(options);
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

const PORTS = "VDD VSS VREF1 VOUT1 IB1";
/** n-input pair, p-channel pass device; 10 kOhm over 10 kOhm. */
const REGULATOR = [
  "M1 nmos4 X FB T VSS w=20e-6 l=1e-6",
  "M2 nmos4 G VREF1 T VSS w=20e-6 l=1e-6",
  "M3 pmos4 G G VDD VDD w=20e-6 l=1e-6",
  "M4 pmos4 X G VDD VDD w=20e-6 l=1e-6",
  "M5 nmos4 T IB1 VSS VSS w=20e-6 l=1e-6",
  "M6 nmos4 IB1 IB1 VSS VSS w=10e-6 l=1e-6",
  "M7 pmos4 VOUT1 X VDD VDD w=2e-3 l=0.18e-6",
];
const CORRECT = REGULATOR.map((line) => line.replace("X FB", "X TEMP").replace("G VREF1", "G FB").replace("TEMP", "VREF1"));
const DIVIDER = ["R1 resistor VOUT1 FB r=10e3", "R2 resistor FB VSS r=10e3"];

describe("regulator family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 250, fewest: 6, most: 41 });
  });

  it("draws more seeds when they may depart further", () => {
    const wider = ldoFamily(ldoOptions.parse({ departures: 3 }));
    expectWiderSeeds(family, wider, deviceTypes, { atLeast: 10_000, every: 100 });
  });
});

describe("regulators in the real simulator", () => {
  it("a plain regulator holds VREF (1 + R1 / R2) over load and line", async () => {
    for (const [ratio, expected] of [
      [1, 1.2],
      [0.5, 0.9],
    ] as const) {
      const lines = [
        ...CORRECT,
        `R1 resistor VOUT1 FB r=${ratio * 10e3}`,
        "R2 resistor FB VSS r=10e3",
        "C1 capacitor VOUT1 VSS c=1e-6",
      ];
      const values = await measured(family, sized("regulator", PORTS, lines), { deviceTypes, simulator }, { VREF: 0.6 });
      expect(values.outputVoltage).toBeGreaterThan(expected * 0.97);
      expect(values.outputVoltage).toBeLessThan(expected * 1.01);
      expect(values.loadRegulation).toBeLessThan(3);
      expect(values.lineRegulation).toBeLessThan(3);
      expect(values.dropout).toBeLessThan(0.3);
      // 20 uA into IB1, twice that into the tail, and the divider's.
      expect(values.quiescentCurrent).toBeGreaterThan(60e-6);
      expect(values.quiescentCurrent).toBeLessThan(150e-6);
      // The circuit's own capacitor and the load's.
      expect(values.outputCapacitance).toBeCloseTo(1e-6 + options.loadFarads, 9);
      expect(isFunctional(family, values), JSON.stringify(values)).toBe(true);
    }
  }, 120_000);

  it("refuses what is no regulator: a follower, a reference that feeds the load, feedback the wrong way round", async () => {
    const ports = "VDD VSS VREF1 VOUT1";
    const cheats = [
      sized("follower", ports, ["M1 nmos4 VDD VREF1 VOUT1 VSS w=5e-3 l=0.18e-6", "R1 resistor VOUT1 VSS r=10e3"]),
      sized("fed by its reference", ports, ["R1 resistor VREF1 VOUT1 r=0.1", "M1 nmos4 VDD VREF1 VOUT1 VSS w=1e-6 l=1e-6"]),
      sized("wrong way round", PORTS, [...REGULATOR, ...DIVIDER, "C1 capacitor VOUT1 VSS c=1e-9"]),
      sized("divider", ports, [
        "R1 resistor VDD VOUT1 r=20",
        "R2 resistor VOUT1 VSS r=20",
        "M1 nmos4 VDD VREF1 VOUT1 VSS w=0.22e-6 l=10e-6",
      ]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator }, { VREF: 1.2 });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });

  it("names what is missing: a pass device, feedback, a path from the reference, an input", () => {
    const broken = (circuitPorts: string, lines: readonly string[]): readonly string[] =>
      checkRules(sized("broken", circuitPorts, lines), deviceTypes, family.rules).map(({ rule }) => rule);
    expect(broken(PORTS, [...CORRECT.slice(0, 6), "R3 resistor VDD VOUT1", "R4 resistor X VOUT1", ...DIVIDER])).not.toEqual([]);
    expect(broken("VDD VSS VREF1 VOUT1", ["R1 resistor VDD VOUT1", "M1 nmos4 VOUT1 VREF1 VSS VSS"])).toContain("ldo-pass-path");
    expect(broken("VDD VSS VREF1 VOUT1", ["M1 nmos4 VDD VREF1 VOUT1 VSS", "R1 resistor VOUT1 VSS"])).toContain(
      "ldo-feedback-path",
    );
    const unfed = sized("unfed", "VSS VREF1 VOUT1", ["M1 nmos4 VOUT1 VREF1 VSS VSS", "R1 resistor VOUT1 VSS"]);
    expect(missingPort(unfed, family)).toBe("needs 1 VIN or VDD port");
    expect(broken("VDD VSS VREF1 VOUT1", ["M1 pmos4 VOUT1 VOUT1 VDD VDD", "C1 capacitor VREF1 VSS"])).toContain(
      "ldo-reference-path",
    );
  });
});
