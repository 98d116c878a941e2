import {
  Circuit,
  circuitElements,
  createRng,
  defaultDesignVariableOptions,
  designVariables,
  gmIdFirstGuesses,
  silentLogger,
  simulateGmIdTable,
  sizeCircuit,
  type CircuitFamily,
  type DeviceType,
  type FirstGuesses,
  type GmIdTable,
  type ModelCard,
  type Plugin,
  type PluginContext,
  type PluginKind,
  type PluginKinds,
  type Simulator,
} from "@topogenie/core";
import devicesMos, { nmos4, pmos4 } from "@topogenie/devices-mos";
import devicesPassive from "@topogenie/devices-passive";
import familyOpamp from "@topogenie/family-opamp";
import simulatorNgspice from "@topogenie/simulator-ngspice";
import sizingGa from "@topogenie/sizing-ga";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const context: PluginContext = {
  logger: silentLogger,
  rng: createRng(1),
  signal: new AbortController().signal,
  workDirectory: ".",
  workers: 1,
  deviceTypes: new Map(),
  use: () => Promise.reject(new Error("no plugin here wraps another")),
};

async function create<K extends PluginKind>(plugin: Plugin, kind: K, name: string): Promise<PluginKinds[K]> {
  const provided = plugin.provides.find((each) => each.kind === kind && each.name === name);
  if (provided === undefined) throw new Error(`${plugin.name} provides no ${kind} "${name}"`);
  return (await provided.create(provided.options.parse({}), context)) as PluginKinds[K];
}

function circuit(name: string, ports: string, lines: string): Circuit {
  const devices = lines
    .trim()
    .split("\n")
    .map((line) => {
      const [device = "", ...words] = line.trim().split(" ");
      return { name: device, type: words.at(-1) ?? "", nets: words.slice(0, -1) };
    });
  return new Circuit({ name, ports: ports.split(" "), devices });
}

/** Allen, Holberg, CMOS Analog Circuit Design, sec. 6.3. */
const miller = circuit(
  "two-stage Miller",
  "VDD VSS VIN1 VIN2 VOUT1 IB1",
  `M1 n1 VIN1 tail VSS nmos4
   M2 n2 VIN2 tail VSS nmos4
   M3 n1 n1 VDD VDD pmos4
   M4 n2 n1 VDD VDD pmos4
   M5 tail IB1 VSS VSS nmos4
   M6 VOUT1 n2 VDD VDD pmos4
   M7 VOUT1 IB1 VSS VSS nmos4
   M8 IB1 IB1 VSS VSS nmos4
   C1 n2 VOUT1 capacitor`,
);

/** Razavi, Design of Analog CMOS Integrated Circuits, sec. 9.2, with a cascode mirror of low voltage as its load. */
const foldedCascode = circuit(
  "folded cascode",
  "VDD VSS VIN1 VIN2 VOUT1 VB1 VB2 VB3 VB4",
  `M1 f1 VIN1 tail VSS nmos4
   M2 f2 VIN2 tail VSS nmos4
   M3 tail VB1 VSS VSS nmos4
   M4 f1 VB2 VDD VDD pmos4
   M5 f2 VB2 VDD VDD pmos4
   M6 m VB3 f1 VDD pmos4
   M7 VOUT1 VB3 f2 VDD pmos4
   M8 m VB4 c1 VSS nmos4
   M9 VOUT1 VB4 c2 VSS nmos4
   M10 c1 m VSS VSS nmos4
   M11 c2 m VSS VSS nmos4`,
);

const conditions = { lengths: [0.18e-6, 0.5e-6, 1.5e-6], width: 5e-6, drainVolts: 0.9, temperatureCelsius: 27 };

let simulator: Simulator;
let family: CircuitFamily;
let deviceTypes: ReadonlyMap<string, DeviceType>;

beforeAll(async () => {
  simulator = await create(simulatorNgspice, "simulator", "ngspice");
  family = await create(familyOpamp, "circuit-family", "opamp");
  const types = [...devicesMos.provides, ...devicesPassive.provides].filter(({ kind }) => kind === "device-type");
  const created = await Promise.all(types.map((type) => type.create(type.options.parse({}), context) as Promise<DeviceType>));
  deviceTypes = new Map(created.map((type) => [type.name, type]));
});
afterAll(() => simulator.dispose());

async function table(card: ModelCard): Promise<GmIdTable> {
  const made = await simulateGmIdTable(simulator, card, conditions);
  if (typeof made === "string") throw new Error(made);
  return made;
}

function guess(of: Circuit, models?: ReadonlyMap<string, ModelCard>): Promise<FirstGuesses> {
  const benches = family.testbenches(circuitElements(of, deviceTypes, {}, models));
  const variables = designVariables(of, deviceTypes, benches, defaultDesignVariableOptions);
  return gmIdFirstGuesses({
    circuit: of,
    deviceTypes,
    benches,
    variables,
    simulator,
    ...(models === undefined ? {} : { models }),
  });
}

describe.each([
  ["n", nmos4, 1],
  ["p", pmos4, -1],
] as const)("the gm/ID table of the %s-channel transistor", (_, type, sign) => {
  const card = type.models[0];
  if (card === undefined) throw new Error("no card");

  it("falls in current density and gate voltage as gm/ID rises", async () => {
    const made = await table(card);
    const levels = [4, 6, 8, 10, 12, 15, 18, 21];
    for (const read of [(gmId: number) => made.density(gmId, 0.4e-6), (gmId: number) => made.gateVolts(gmId, 0.4e-6)]) {
      const values = levels.map(read);
      expect(values.every((value, index) => index === 0 || value < (values[index - 1] ?? 0))).toBe(true);
    }
  });

  it("agrees with a transistor of another width, simulated at the voltages that it says", async () => {
    const made = await table(card);
    for (const { gmId, length, body } of [
      { gmId: 10, length: 0.5e-6, body: 0 },
      { gmId: 15, length: 0.5e-6, body: 0 },
      { gmId: 8, length: 1.5e-6, body: 0.5 },
    ]) {
      const source = (name: string, volts: number) => ({
        kind: "voltage" as const,
        name,
        nodes: [name, "0"],
        values: { dc: sign * volts },
      });
      const session = await simulator.open({
        title: "one transistor",
        models: [card],
        elements: [
          source("g", made.gateVolts(gmId, length, body)),
          source("d", 0.9),
          source("b", -body),
          { kind: "mosfet", name: "t", nodes: ["d", "g", "0", "b"], model: card.name, values: { w: 20e-6, l: length, m: 1 } },
        ],
      });
      const result = await session.run({ analyses: [{ kind: "op" }], devices: ["t"], timeoutMs: 10_000 });
      await session.close();
      const analysis = result.status === "ok" ? result.analyses[0] : undefined;
      const point = analysis?.kind === "op" ? analysis.op.devices.t : undefined;
      const current = Math.abs(point?.id ?? 0);
      expect(current / (20e-6 * made.density(gmId, length, body))).toBeCloseTo(1, 1);
      expect((point?.gm ?? 0) / current / gmId).toBeCloseTo(1, 1);
    }
  });
});

describe("a first guess", () => {
  it.each([miller, foldedCascode])("biases every transistor of a $name", async (of) => {
    const { guesses, transistors, left } = await guess(of);
    expect(left).toEqual([]);
    expect(transistors).toBe(of.devices.filter(({ type }) => type.endsWith("mos4")).length);
    expect(guesses[0]).toMatchObject({ current: 20e-6, saturated: transistors });
  });

  it("stays within the bounds, and is the same again from a fresh simulator", async () => {
    const once = await guess(foldedCascode);
    for (const { sizing } of once.guesses) {
      for (const { w = 0 } of Object.values(sizing.values)) {
        expect(w).toBeGreaterThanOrEqual(0.22e-6);
        expect(w).toBeLessThanOrEqual(100e-6);
      }
      for (const volts of Object.values(sizing.bias)) expect(volts >= 0 && volts <= 1.8).toBe(true);
    }
    const kept = simulator;
    const fresh = await create(simulatorNgspice, "simulator", "ngspice");
    try {
      simulator = fresh;
      expect(await guess(foldedCascode)).toEqual(once);
    } finally {
      simulator = kept;
      await fresh.dispose();
    }
  });

  it("follows the user's own model card", async () => {
    const own = nmos4.models[0];
    if (own === undefined) throw new Error("no card");
    const slow = { ...own, name: "slow", parameters: { ...own.parameters, u0: (own.parameters.u0 ?? 0) / 2 } };
    const usual = (await guess(miller)).guesses[2]?.sizing.values.M1?.w ?? 0;
    const wider = (await guess(miller, new Map([["nmos4", slow]]))).guesses[2]?.sizing.values.M1?.w ?? 0;
    expect(wider / usual).toBeGreaterThan(1.5);
  });

  it("keeps the width that a netlist gives, and says so", async () => {
    const devices = miller.devices.map((device) => (device.name === "M6" ? { ...device, values: { w: 7e-6 } } : device));
    const { guesses, left } = await guess(new Circuit({ name: "sized", ports: miller.ports, devices }));
    expect(left).toEqual([{ device: "M6", reason: "its netlist gives its width" }]);
    expect(guesses[0]?.sizing.values.M6).toBeUndefined();
  });

  it("is where a sizing begins, and its operating points are counted", async () => {
    const result = await sizeCircuit({
      circuit: foldedCascode,
      family,
      deviceTypes,
      simulator,
      optimizer: await create(sizingGa, "sizing-optimizer", "ga"),
      rng: createRng(1),
      budget: { simulations: 20 },
      firstGuess: "gm-id",
    });
    expect(result.firstGuess?.simulations).toBeGreaterThan(0);
    expect(result.simulations).toBe(20);
    expect(result.functional).toBe(true);
  });
});
