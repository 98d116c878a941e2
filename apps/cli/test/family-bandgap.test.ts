import { checkRules, type DeviceType, type Simulator } from "@topogenie/core";
import { bandgapFamily, bandgapOptions } from "@topogenie/family-bandgap";
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

const family = bandgapFamily(bandgapOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

/** Two junctions of 1 and 8 units held equal by transistors 10 um long; 54 mV over `difference` ohms, and `sum` ohms above the third. */
function reference(difference: number, sum: number): readonly string[] {
  const [p, n] = ["w=100e-6 l=10e-6", "w=100e-6 l=10e-6"];
  return [
    `M1 pmos4 A B VDD VDD ${p}`,
    `M2 pmos4 B B VDD VDD ${p}`,
    `M3 pmos4 VOUT1 B VDD VDD ${p}`,
    `M4 nmos4 A A X VSS ${n}`,
    `M5 nmos4 B A Y VSS ${n}`,
    "Q1 npn X X VSS area=1",
    `R1 resistor Y Z r=${difference}`,
    "Q2 npn Z Z VSS area=8",
    `R2 resistor VOUT1 W r=${sum}`,
    "Q3 npn W W VSS area=1",
    "R3 resistor VDD S r=500e3",
    "M6 nmos4 S A VSS VSS w=5e-6 l=0.5e-6",
    "M7 nmos4 B S VSS VSS w=5e-6 l=0.5e-6",
  ];
}

describe("bandgap family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 250, fewest: 8, most: 36 });
  });

  it("draws more seeds when they may depart further", () => {
    const wider = bandgapFamily(bandgapOptions.parse({ departures: 3 }));
    expectWiderSeeds(family, wider, deviceTypes, { atLeast: 9_000, every: 100 });
  });
});

describe("references in the real simulator", () => {
  it("balanced sizes give 1.2 V and a small temperature coefficient, others lean to the side that weighs more", async () => {
    const circuit = (sum: number): ReturnType<typeof sized> => sized(`sum ${sum}`, "VDD VSS VOUT1", reference(5.4e3, sum));
    const balanced = await measured(family, circuit(50e3), { deviceTypes, simulator });
    // VBE of about 0.73 V and ten times ln 8 kT / q = 0.5 V.
    expect(balanced.outputVoltage).toBeGreaterThan(1.15);
    expect(balanced.outputVoltage).toBeLessThan(1.35);
    expect(balanced.temperatureCoefficient).toBeLessThan(300);
    expect(balanced.startUpError).toBeLessThan(1);
    expect(isFunctional(family, balanced), JSON.stringify(balanced)).toBe(true);
    // Hardly more than a junction: -1.8 mV/K of 0.78 V.
    const junction = await measured(family, circuit(5e3), { deviceTypes, simulator });
    expect(junction.outputVoltage).toBeLessThan(0.85);
    expect(junction.temperatureCoefficient).toBeGreaterThan(1500);
    expect(isFunctional(family, junction)).toBe(false);
  }, 120_000);

  it("a reference without start-up circuit is told from one that starts", async () => {
    const stalled = sized("stalled", "VDD VSS VOUT1", reference(5.4e3, 50e3).slice(0, -3));
    const values = await measured(family, stalled, { deviceTypes, simulator });
    expect(isFunctional(family, values), JSON.stringify(values)).toBe(false);
  });

  it("refuses what is no reference: a divider, a junction, a follower of a bias port", async () => {
    const cheats = [
      sized("divider", "VDD VSS VOUT1", [
        "R1 resistor VDD VOUT1 r=10e3",
        "R2 resistor VOUT1 VSS r=20e3",
        "R3 resistor VOUT1 VSS r=20e3",
      ]),
      sized("junction", "VDD VSS VOUT1", ["R1 resistor VDD VOUT1 r=100e3", "Q1 npn VOUT1 VOUT1 VSS area=1"]),
      sized("follower", "VDD VSS VOUT1 VB1", ["M1 nmos4 VDD VB1 VOUT1 VSS w=100e-6 l=1e-6", "R1 resistor VOUT1 VSS r=100e3"]),
      sized("divided port", "VDD VSS VOUT1 VB1", ["R1 resistor VB1 VOUT1 r=1e3", "R2 resistor VOUT1 VSS r=20e3"]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator }, { VB1: 1.3 });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });

  it("names what is missing", () => {
    const rules = (lines: readonly string[]): readonly string[] =>
      checkRules(sized("broken", "VDD VSS VOUT1", lines), deviceTypes, family.rules).map(({ rule }) => rule);
    expect(rules(["M1 nmos4 X VOUT1 VSS VSS", "R1 resistor VDD X", "R2 resistor X VSS"])).toEqual(["bandgap-output-is-driven"]);
    expect(rules(["R1 resistor VDD VOUT1", "Q1 npn VOUT1 VOUT1 VSS"])).toEqual(["bandgap-temperature-sensors"]);
  });
});
