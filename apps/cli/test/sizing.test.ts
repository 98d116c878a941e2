import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Circuit,
  createRng,
  silentLogger,
  sizeCircuit,
  type CircuitFamily,
  type DeviceType,
  type Plugin,
  type PluginContext,
  type PluginKind,
  type PluginKinds,
  type Simulator,
  type SizeCircuitRequest,
  type SizingResult,
} from "@topogenie/core";
import devicesMos from "@topogenie/devices-mos";
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

async function create<K extends PluginKind>(plugin: Plugin, kind: K, name: string, workers = 1): Promise<PluginKinds[K]> {
  const provided = plugin.provides.find((each) => each.kind === kind && each.name === name);
  if (provided === undefined) throw new Error(`${plugin.name} provides no ${kind} "${name}"`);
  return (await provided.create(provided.options.parse({}), { ...context, workers })) as PluginKinds[K];
}

/** Razavi, Design of Analog CMOS Integrated Circuits, 2001, figure 5.24. */
const ota = new Circuit({
  name: "five-transistor OTA",
  ports: ["VDD", "VSS", "VIN1", "VIN2", "VOUT1", "VB1"],
  devices: [
    { name: "M1", type: "nmos4", nets: ["n1", "VIN1", "tail", "VSS"] },
    { name: "M2", type: "nmos4", nets: ["VOUT1", "VIN2", "tail", "VSS"] },
    { name: "M3", type: "pmos4", nets: ["n1", "n1", "VDD", "VDD"] },
    { name: "M4", type: "pmos4", nets: ["VOUT1", "n1", "VDD", "VDD"] },
    { name: "M5", type: "nmos4", nets: ["tail", "VB1", "VSS", "VSS"] },
  ],
});
const SIMULATIONS = 100;

let folder = "";
let family: CircuitFamily;
let deviceTypes: ReadonlyMap<string, DeviceType>;
let uninterrupted: SizingResult;

async function size(simulator: Simulator, changes: Partial<SizeCircuitRequest> = {}): Promise<SizingResult> {
  try {
    return await sizeCircuit({
      circuit: ota,
      family,
      deviceTypes,
      simulator,
      optimizer: await create(sizingGa, "sizing-optimizer", "ga"),
      rng: createRng(1),
      budget: { simulations: SIMULATIONS },
      ...changes,
    });
  } finally {
    await simulator.dispose();
  }
}

const ngspice = (workers: number): Promise<Simulator> => create(simulatorNgspice, "simulator", "ngspice", workers);

/** Adds up the time in which no run is under way. */
function stopwatch(simulator: Simulator): { readonly simulator: Simulator; readonly busyMs: () => number } {
  let running = 0;
  let since = 0;
  let busy = 0;
  return {
    busyMs: () => busy,
    simulator: {
      capabilities: () => simulator.capabilities(),
      dispose: () => simulator.dispose(),
      open: async (deck) => {
        const session = await simulator.open(deck);
        return {
          close: () => session.close(),
          run: async (request) => {
            if (running++ === 0) since = performance.now();
            try {
              return await session.run(request);
            } finally {
              if (--running === 0) busy += performance.now() - since;
            }
          },
        };
      },
    },
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sizing-"));
  family = await create(familyOpamp, "circuit-family", "opamp");
  deviceTypes = new Map([
    ["nmos4", await create(devicesMos, "device-type", "nmos4")],
    ["pmos4", await create(devicesMos, "device-type", "pmos4")],
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

describe("sizing a five-transistor OTA in ngspice", { timeout: 300_000 }, () => {
  it("reaches the minimum function and betters the default sizing, at a cost that simulations dwarf", async () => {
    const { simulator, busyMs } = stopwatch(await ngspice(1));
    const begun = performance.now();
    uninterrupted = await size(simulator);
    const elapsed = performance.now() - begun;
    const share = 1 - busyMs() / elapsed;
    console.log(
      `${SIMULATIONS} simulations: ${Math.round(elapsed)} ms, optimizer and loop ${(100 * share).toFixed(1)} % of it; ` +
        `${family.figureOfMerit.name} ${uninterrupted.progress[0]?.figureOfMerit?.toFixed(1) ?? "none"} by default, ` +
        `${uninterrupted.figureOfMerit?.toFixed(1) ?? "none"} ${family.figureOfMerit.unit} sized`,
    );
    expect(share).toBeLessThan(0.1);
    expect(uninterrupted.simulations).toBe(SIMULATIONS);
    expect(uninterrupted.functional).toBe(true);
    expect(uninterrupted.violation).toBeLessThan(uninterrupted.progress[0]?.violation ?? 0);
    expect(uninterrupted.sizing.values.M1).toEqual(uninterrupted.sizing.values.M2);
    expect(uninterrupted.plots.length).toBeGreaterThan(0);
  });

  it("gives the same result on two workers", async () => {
    expect(await size(await ngspice(2))).toEqual(uninterrupted);
  });

  it("gives the same result when it is stopped and started again", async () => {
    const journalFile = join(folder, "journal.jsonl");
    const controller = new AbortController();
    const stopped = size(await ngspice(2), {
      journalFile,
      signal: controller.signal,
      onProgress: ({ simulations }) => {
        if (simulations >= 40) controller.abort(new Error("stopped"));
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    expect(await size(await ngspice(2), { journalFile })).toEqual(uninterrupted);
  });
});
