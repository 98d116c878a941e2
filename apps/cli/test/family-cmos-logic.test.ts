import type { DeviceType, Simulator, SimulationOk } from "@topogenie/core";
import { cmosLogicFamily, cmosLogicOptions } from "@topogenie/family-cmos-logic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes, expectSoundSeeds, isFunctional, measured, sized, startSimulator } from "./simulated-family.js";

const family = cmosLogicFamily(cmosLogicOptions.parse({}));
const deviceTypes: ReadonlyMap<string, DeviceType> = await allDeviceTypes();
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(deviceTypes);
});
afterAll(() => simulator.dispose());

describe("cmos-logic family", () => {
  it("has sound seeds", () => {
    expectSoundSeeds(family, deviceTypes, { atLeast: 200, fewest: 2, most: 56 });
  });
});

const NAND = [
  "M1 nmos4 LOGICF1 LOGICA1 X VSS",
  "M2 nmos4 X LOGICA2 VSS VSS",
  "M3 pmos4 LOGICF1 LOGICA1 VDD VDD",
  "M4 pmos4 LOGICF1 LOGICA2 VDD VDD",
];
const PORTS = "VDD VSS LOGICA1 LOGICA2 LOGICF1";

describe("logic in the real simulator", () => {
  it("a NAND gate has full levels, both inputs matter, and it remembers nothing", async () => {
    const values = await measured(family, sized("nand", PORTS, NAND), { deviceTypes, simulator });
    expect(values).toMatchObject({ inputsThatMatter: 1, outputsThatChange: 1, remembered: 0 });
    expect(values.levelMargin).toBeGreaterThan(0.95);
    // 20 fF through a few kiloohms.
    expect(values.delay).toBeGreaterThan(20e-12);
    expect(values.delay).toBeLessThan(300e-12);
    // Charging the load takes C V^2 = 65 fJ, once or twice in the eight slots.
    expect(values.energy).toBeGreaterThan(8e-15);
    expect(values.energy).toBeLessThan(200e-15);
    expect(isFunctional(family, values)).toBe(true);
  });

  it("a latch of NOR gates remembers", async () => {
    const latch = [...family.seeds()].find(({ title }) => title === "set-reset latch of NOR gates");
    if (latch === undefined) throw new Error("there is no latch among the seeds");
    const values = await measured(family, latch.circuit, { deviceTypes, simulator });
    expect(values.remembered).toBe(1);
    expect(isFunctional(family, values)).toBe(true);
  });

  it("neither wires, nor a pass transistor, nor a gate with an idle input computes", async () => {
    const cheats = [
      sized("wire", "VDD VSS LOGICA1 LOGICF1", ["R1 resistor LOGICA1 LOGICF1 r=100", "R2 resistor LOGICF1 VDD r=1e6"]),
      sized("pass", PORTS, ["M1 nmos4 LOGICA1 LOGICA2 LOGICF1 VSS", "M2 pmos4 LOGICF1 VSS VDD VDD w=0.22e-6 l=2e-6"]),
      sized("idle", PORTS, [
        "M1 nmos4 LOGICF1 LOGICA1 VSS VSS",
        "M2 pmos4 LOGICF1 LOGICA1 VDD VDD",
        "M3 nmos4 LOGICF1 LOGICA2 LOGICF1 VSS",
      ]),
    ];
    for (const cheat of cheats) {
      const values = await measured(family, cheat, { deviceTypes, simulator });
      expect(isFunctional(family, values), `${cheat.name}: ${JSON.stringify(values)}`).toBe(false);
    }
  });
});

describe("the truth table", () => {
  it("is read off the waveforms, for every function of two inputs that seeds have", async () => {
    const { truthTables } = await import("./truth-tables.js");
    for (const [title, expected] of truthTables) {
      const seed = [...family.seeds()].find((candidate) => candidate.title === title);
      if (seed === undefined) throw new Error(`there is no seed "${title}"`);
      const outputs: Record<string, SimulationOk> = {};
      const values = await measured(family, seed.circuit, { deviceTypes, simulator }, {}, outputs);
      expect(isFunctional(family, values), title).toBe(true);
      const tran = outputs["truth-table"]?.analyses.find((analysis) => analysis.kind === "tran");
      const count = seed.circuit.ports.filter((port) => port.startsWith("LOGICA")).length;
      const read = Array.from({ length: 2 ** count }, (_, combination) => {
        // One combination before them comes first; each stays for 3 ns.
        const at = tran?.x.findIndex((seconds) => seconds >= (combination + 1.95) * 3e-9) ?? -1;
        return Number((tran?.vectors.tb_out_1?.[at] ?? 0) > 0.9);
      });
      expect(read.join(""), title).toBe(expected);
    }
  });
});
