import { checkRules, type DeviceType, type Simulator } from "@topogenie/core";
import { powerConverterFamily, powerConverterOptions } from "@topogenie/family-power-converter";
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

const family = powerConverterFamily(powerConverterOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("power converter family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 200, fewest: 4, most: 49 });
  });

  it("draws more seeds when they may depart further", () => {
    const wider = powerConverterFamily(powerConverterOptions.parse({ departures: 3 }));
    expectWiderSeeds(family, wider, deviceTypes, { atLeast: 4_000, every: 100 });
  });
});

const BUCK = [
  "M1 pmos4 SW VCONT1 VIN1 VIN1 w=5e-3 l=0.18e-6",
  "M2 nmos4 SW VCONT2 VSS VSS w=2.5e-3 l=0.18e-6",
  "L1 inductor SW VOUT1 l=2.5e-6",
  "C1 capacitor VOUT1 VSS c=4e-9",
];

describe("converters in the real simulator", () => {
  it("a synchronous buck converter gives the duty cycle times its input, at an efficiency that no linear regulator has", async () => {
    const buck = sized("buck", "VSS VIN1 VOUT1 VCONT1 VCONT2", BUCK);
    for (const duty of [0.35, 0.65]) {
      const values = await measured(family, buck, { deviceTypes, simulator }, { duty: duty - 0.5 });
      // Channels and dead time cost a few hundredths.
      expect(values.conversionRatio).toBeGreaterThan(duty - 0.07);
      expect(values.conversionRatio).toBeLessThan(duty + 0.03);
      expect(values.efficiency).toBeGreaterThan(0.75);
      expect(isFunctional(family, values)).toBe(true);
    }
  });

  it("a cross-coupled pump gives nearly twice its input", async () => {
    const doubler = [...family.seeds()].find(({ title }) => title.startsWith("cross-coupled voltage multiplier by 2"));
    if (doubler === undefined) throw new Error("there is no doubler among the seeds");
    const values = await measured(family, doubler.circuit, { deviceTypes, simulator });
    expect(values.conversionRatio).toBeGreaterThan(1.3);
    expect(values.conversionRatio).toBeLessThan(2);
    expect(isFunctional(family, values)).toBe(true);
  });

  it("neither a closed switch, nor a follower with a tank, nor a resonant tank is a converter", async () => {
    const ports = "VSS VIN1 VOUT1 VCONT1";
    const cheats = [
      sized("wire", "VSS VIN1 VOUT1", [
        "R1 resistor VIN1 VOUT1 r=50",
        "R2 resistor VIN1 VOUT1 r=50",
        "C1 capacitor VOUT1 VSS c=4e-9",
      ]),
      sized("tank", "VSS VIN1 VOUT1", [
        "L1 inductor VIN1 VOUT1 l=100e-6",
        "C1 capacitor VOUT1 VSS c=16e-9",
        "C2 capacitor VIN1 VOUT1 c=1e-12",
      ]),
      sized("charged", "VSS VIN1 VOUT1", ["M1 nmos4 VIN1 VIN1 VOUT1 VSS w=20e-3 l=0.18e-6", "C1 capacitor VOUT1 VSS c=100e-9"]),
      sized("chopped", ports, ["M1 pmos4 VOUT1 VCONT1 VIN1 VIN1 w=20e-3 l=0.18e-6", "C1 capacitor VOUT1 VSS c=100e-9"]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });

  it("a control port may not feed the output itself", () => {
    const driven = sized("driven", "VSS VIN1 VOUT1 VCONT1", [
      "L1 inductor VCONT1 VOUT1",
      "C1 capacitor VOUT1 VSS",
      "R1 resistor VIN1 VOUT1",
    ]);
    const [violation] = checkRules(driven, deviceTypes, family.rules);
    expect(violation?.message).toContain("VCONT1 conducts into L1");
  });
});
