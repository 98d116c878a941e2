import { tmpdir } from "node:os";
import {
  Circuit,
  circuitElements,
  createRng,
  silentLogger,
  sizeCircuit,
  specificationViolation,
  type DeviceType,
  type Simulator,
  type Specification,
} from "@topogenie/core";
import { nmos4, pmos4 } from "@topogenie/devices-mos";
import { capacitor, resistor } from "@topogenie/devices-passive";
import { opampFamily, opampOptions } from "@topogenie/family-opamp";
import ngspice from "@topogenie/simulator-ngspice";
import { geneticAlgorithm } from "@topogenie/sizing-ga";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const deviceTypes = new Map<string, DeviceType>([nmos4, pmos4, resistor, capacitor].map((type) => [type.name, type]));
const family = opampFamily(opampOptions.parse({}));
const seeds = [...family.seeds()];

let simulator: Simulator;
beforeAll(async () => {
  const provided = ngspice.provides.find(({ kind }) => kind === "simulator");
  if (provided === undefined) throw new Error("the package provides no simulator");
  simulator = (await provided.create(provided.options.parse({}), {
    logger: silentLogger,
    rng: createRng("family-opamp"),
    signal: new AbortController().signal,
    workDirectory: tmpdir(),
    workers: 1,
    deviceTypes,
    use: () => Promise.reject(new Error("a simulator uses nothing else")),
  })) as Simulator;
});
afterAll(() => simulator.dispose());

/** Runs the bench with its defaults and the sizes of the circuit; the failure's own words when it fails. */
async function measure(circuit: Circuit, set: Record<string, number> = {}): Promise<Readonly<Record<string, number>> | string> {
  const [bench] = family.testbenches(circuitElements(circuit, deviceTypes));
  if (bench === undefined) throw new Error("the family has no bench");
  const session = await simulator.open(bench.deck);
  const result = await session.run({ set, analyses: bench.analyses, save: bench.save, timeoutMs: bench.timeoutMs * 5 });
  await session.close();
  return result.status === "ok" ? family.measure({ [bench.name]: result }) : `${result.status}: ${result.message}`;
}

function sized(name: string, ports: string, lines: readonly string[]): Circuit {
  return new Circuit({
    name,
    ports: ports.split(" "),
    devices: lines.map((line) => {
      const [device = "", type = "", ...rest] = line.split(" ");
      const values = Object.fromEntries(
        rest
          .filter((word) => word.includes("="))
          .map((word) => word.split("="))
          .map(([key = "", value]) => [key, Number(value)]),
      );
      return { name: device, type, nets: rest.filter((word) => !word.includes("=")), values };
    }),
  });
}

describe("textbook op-amps in the real simulator", () => {
  const N = "l=1e-6 w=20e-6";
  const P = "l=1e-6 w=40e-6";

  it("a five-transistor OTA has one stage's gain and GBW = gm / CL", async () => {
    const measured = await measure(
      sized("ota", "VDD VSS VIN1 VIN2 VOUT1 IB1", [
        `M1 nmos4 X VIN1 T VSS ${N}`,
        `M2 nmos4 VOUT1 VIN2 T VSS ${N}`,
        `M3 pmos4 X X VDD VDD ${P}`,
        `M4 pmos4 VOUT1 X VDD VDD ${P}`,
        `M5 nmos4 T IB1 VSS VSS ${N}`,
        `M6 nmos4 IB1 IB1 VSS VSS ${N}`,
      ]),
    );
    expect(measured).toMatchObject({ gain: expect.any(Number) as number });
    if (typeof measured === "string") return;
    expect(measured.gain).toBeGreaterThan(30);
    expect(measured.gain).toBeLessThan(60);
    // gm of 10 uA is between 0.1 and 0.25 mS in moderate and weak inversion.
    expect(measured.unityGainBandwidth).toBeGreaterThan(1.5e6);
    expect(measured.unityGainBandwidth).toBeLessThan(5e6);
    expect(measured.phaseMargin).toBeGreaterThan(75);
    expect(measured.power).toBeGreaterThan(60e-6);
    expect(measured.power).toBeLessThan(90e-6);
  });

  it("an amplifier whose tail current is drawn from below ground is not on spec, whatever its figure of merit", async () => {
    const circuit = sized("low", "VDD VSS VIN1 VIN2 VOUT1 IB1 VB1", [
      "M1 nmos4 X VIN2 IB1 VSS l=0.18e-6 w=1.615e-6",
      "M2 nmos4 Y VIN1 IB1 VSS l=0.18e-6 w=1.615e-6",
      "M3 pmos4 X X VDD VDD l=0.645e-6 w=1.325e-6",
      "M4 pmos4 Y X VDD VDD l=0.645e-6 w=1.325e-6",
      "M5 pmos4 VOUT1 Y VDD VDD l=0.24e-6 w=2.53e-6",
      "M6 nmos4 VOUT1 VB1 VSS VSS l=1.375e-6 w=91.83e-6",
      "C1 capacitor Y VOUT1 c=10.0932e-15",
    ]);
    const bias = { "bias_ib1.dc": 8.72522e-6, "bias_vb1.dc": 0.383433 };
    const low = await measure(circuit, { ...bias, "common.dc": 0.385974 });
    const high = await measure(circuit, { ...bias, "common.dc": 1 });
    if (typeof low === "string") throw new Error(`not simulated: ${low}`);
    if (typeof high === "string") throw new Error(`not simulated: ${high}`);
    expect(low.biasHeadroom).toBeCloseTo(-0.029, 2);
    expect(high.biasHeadroom).toBeGreaterThan(0.1);
    const violation = (bounds: Specification, measured: Readonly<Record<string, number>>): number =>
      specificationViolation(
        { ...bounds, constraints: bounds.constraints.filter(({ measurement }) => measurement === "biasHeadroom") },
        measured,
      );
    for (const bounds of [family.minimumFunction, family.specification]) {
      expect(violation(bounds, low)).toBeGreaterThan(0);
      expect(violation(bounds, high)).toBe(0);
      // All else holds: nothing but the source's headroom tells it apart.
      expect(specificationViolation(bounds, low)).toBeCloseTo(violation(bounds, low), 12);
    }
  });

  it("a two-stage Miller op-amp has two stages' gain, and a nulling resistor gives it a margin", async () => {
    const measured = await measure(
      sized("miller", "VDD VSS VIN1 VIN2 VOUT1 IB1", [
        `M1 nmos4 X VIN2 T VSS ${N}`,
        `M2 nmos4 Y VIN1 T VSS ${N}`,
        `M3 pmos4 X X VDD VDD ${P}`,
        `M4 pmos4 Y X VDD VDD ${P}`,
        `M5 nmos4 T IB1 VSS VSS ${N}`,
        `M6 nmos4 IB1 IB1 VSS VSS ${N}`,
        "M7 pmos4 VOUT1 Y VDD VDD l=0.5e-6 w=100e-6",
        "M8 nmos4 VOUT1 IB1 VSS VSS l=1e-6 w=100e-6",
        "C1 capacitor Y Z c=5e-12",
        "R1 resistor Z VOUT1 r=2e3",
      ]),
    );
    expect(measured).toMatchObject({ gain: expect.any(Number) as number });
    if (typeof measured === "string") return;
    expect(measured.gain).toBeGreaterThan(60);
    expect(measured.gain).toBeLessThan(110);
    expect(measured.unityGainBandwidth).toBeGreaterThan(1e6);
    expect(measured.unityGainBandwidth).toBeLessThan(50e6);
    expect(measured.phaseMargin).toBeGreaterThan(40);
    expect(measured.phaseMargin).toBeLessThan(120);
  });

  it("a folded cascode has more gain than a plain stage, and the load compensates it", async () => {
    const measured = await measure(
      sized("folded", "VDD VSS VIN1 VIN2 VOUT1 IB1", [
        `M1 nmos4 IB1 IB1 VSS VSS ${N}`,
        `M2 nmos4 T IB1 VSS VSS ${N}`,
        `M3 nmos4 G IB1 VSS VSS ${N}`,
        `M4 pmos4 G G VDD VDD ${P}`,
        `M5 nmos4 CP IB1 VSS VSS ${N}`,
        "M6 pmos4 CP CP VDD VDD l=1e-6 w=5e-6",
        `M7 pmos4 CN G VDD VDD ${P}`,
        "M8 nmos4 CN CN VSS VSS l=1e-6 w=2e-6",
        `M9 nmos4 F1 VIN1 T VSS ${N}`,
        `M10 nmos4 F2 VIN2 T VSS ${N}`,
        `M11 pmos4 F1 G VDD VDD ${P}`,
        `M12 pmos4 F2 G VDD VDD ${P}`,
        `M13 pmos4 A CP F1 VDD ${P}`,
        `M14 pmos4 VOUT1 CP F2 VDD ${P}`,
        `M15 nmos4 A CN L VSS ${N}`,
        `M16 nmos4 VOUT1 CN R VSS ${N}`,
        `M17 nmos4 L A VSS VSS ${N}`,
        `M18 nmos4 R A VSS VSS ${N}`,
      ]),
    );
    expect(measured).toMatchObject({ gain: expect.any(Number) as number });
    if (typeof measured === "string") return;
    expect(measured.gain).toBeGreaterThan(50);
    expect(measured.phaseMargin).toBeGreaterThan(60);
  });
});

describe("seeds in the real simulator", () => {
  it("have an operating point at default sizes and bias, and mostly work at once", { timeout: 300_000 }, async () => {
    const drawn = createRng("family-opamp").shuffle(seeds).slice(0, 24);
    const results = [];
    for (const { circuit } of drawn) results.push(await measure(circuit));
    expect(results.filter((result) => typeof result === "string")).toEqual([]);
    const amplifying = results.filter((result) => typeof result !== "string" && (result.gain ?? 0) >= 20);
    expect(amplifying.length).toBeGreaterThanOrEqual(14);
  });

  it("are sized to work within a small budget", { timeout: 300_000 }, async () => {
    const drawn = createRng("sized").shuffle(seeds).slice(0, 3);
    for (const { circuit, title } of drawn) {
      const result = await sizeCircuit({
        circuit,
        family,
        deviceTypes,
        simulator,
        optimizer: geneticAlgorithm(),
        rng: createRng(circuit.name),
        budget: { simulations: 200 },
        until: "functional",
      });
      expect(result.functional, title).toBe(true);
    }
  });
});
