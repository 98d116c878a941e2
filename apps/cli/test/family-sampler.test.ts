import type { DeviceType, Simulator } from "@topogenie/core";
import { samplerFamily, samplerOptions } from "@topogenie/family-sampler";
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

const family = samplerFamily(samplerOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("sampler family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 200, fewest: 2, most: 37 });
  });

  it("draws more seeds when they may depart further", () => {
    const wider = samplerFamily(samplerOptions.parse({ departures: 3 }));
    expectWiderSeeds(family, wider, deviceTypes, { atLeast: 9_000, every: 100 });
  });
});

const SWITCH = "M1 nmos4 VIN1 VCLK1 VOUT1 VSS w=5e-6 l=0.18e-6";

describe("samplers in the real simulator", () => {
  it("a switch and a capacitor track low signals with unity gain and hold them", async () => {
    const plain = sized("plain", "VSS VIN1 VOUT1 VCLK1", [SWITCH, "C1 capacitor VOUT1 VSS c=1e-12"]);
    const values = await measured(family, plain, { deviceTypes, simulator }, { inputCommonMode: 0.5, inputAmplitude: 0.2 });
    expect(values.gain).toBeGreaterThan(0.97);
    expect(values.gain).toBeLessThan(1.03);
    expect(values.holdError).toBeLessThan(0.01);
    expect(values.sndr).toBeGreaterThan(40);
    expect(isFunctional(family, values)).toBe(true);
    // kT/C of its capacitor and the load, and of some femtofarads of the switch.
    expect((values.noise ?? 0) / Math.sqrt((1.380649e-23 * 300.15) / 1.2e-12)).toBeCloseTo(1, 1);
    // It samples a signal near the supply badly: an n channel does not conduct there.
    const high = await measured(family, plain, { deviceTypes, simulator }, { inputCommonMode: 1.5, inputAmplitude: 0.2 });
    expect(high.sndr).toBeLessThan(25);
  });

  it("one that holds on a smaller capacitor injects more of the clock", async () => {
    const small = sized("small", "VSS VIN1 VOUT1 VCLK1", [SWITCH, "C1 capacitor VOUT1 VSS c=20e-15"]);
    const large = sized("large", "VSS VIN1 VOUT1 VCLK1", [SWITCH, "C1 capacitor VOUT1 VSS c=2e-12"]);
    const [less, more] = [
      await measured(family, small, { deviceTypes, simulator }, { inputCommonMode: 0.5 }),
      await measured(family, large, { deviceTypes, simulator }, { inputCommonMode: 0.5 }),
    ];
    expect(Math.abs((less.gain ?? 0) - 1)).toBeGreaterThan(Math.abs((more.gain ?? 0) - 1));
  });

  it("a switch that is always closed tracks but never holds, one that is always open does not track", async () => {
    const ports = "VDD VSS VIN1 VOUT1 VCLK1";
    const rest = ["C1 capacitor VOUT1 VSS c=1e-12", "M2 nmos4 VSS VCLK1 VOUT1 VOUT1 w=0.22e-6 l=10e-6"];
    const closed = sized("closed", ports, [
      "M1 nmos4 VIN1 VDD VOUT1 VSS w=5e-6 l=0.18e-6",
      ...rest.slice(0, 1),
      "C2 capacitor VCLK1 VOUT1 c=20e-15",
    ]);
    const values = await measured(family, closed, { deviceTypes, simulator }, { inputCommonMode: 0.4 });
    expect(values.holdError).toBeGreaterThan(0.1);
    expect(isFunctional(family, values)).toBe(false);
    const open = sized("open", "VSS VIN1 VOUT1 VCLK1", ["M1 nmos4 VIN1 VSS VOUT1 VSS w=5e-6 l=0.18e-6", ...rest]);
    expect(isFunctional(family, await measured(family, open, { deviceTypes, simulator }))).toBe(false);
  });
});
