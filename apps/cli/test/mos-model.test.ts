import { tmpdir } from "node:os";
import {
  type Analysis,
  createRng,
  type Deck,
  type DeckElement,
  type DeviceType,
  type RunRequest,
  silentLogger,
  type SimulationOk,
  type Simulator,
  type SimulatorSession,
} from "@topogenie/core";
import { nmos4, pmos4 } from "@topogenie/devices-mos";
import ngspice from "@topogenie/simulator-ngspice";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let simulator: Simulator;

beforeAll(async () => {
  const provided = ngspice.provides.find(({ kind }) => kind === "simulator");
  if (provided === undefined) throw new Error("the package provides no simulator");
  simulator = (await provided.create(provided.options.parse({}), {
    logger: silentLogger,
    rng: createRng("mos-model"),
    signal: new AbortController().signal,
    workDirectory: tmpdir(),
    workers: 1,
    deviceTypes: new Map(),
    use: () => Promise.reject(new Error("a simulator uses nothing else")),
  })) as Simulator;
});
afterAll(() => simulator.dispose());

const WIDTH = 10e-6;

/** One transistor with a source at each terminal; the bulk follows the source's rail. */
function transistor(type: DeviceType, values: Readonly<Record<string, number>> = {}): Deck {
  const voltage = (name: string): DeckElement => ({ kind: "voltage", name, nodes: [name.slice(1), "0"], values: { dc: 0 } });
  const sized = {
    ...Object.fromEntries(type.parameters.map((parameter) => [parameter.name, parameter.default])),
    w: WIDTH,
    ...values,
  };
  return {
    title: type.name,
    elements: [
      ...type.toSpice({ name: "d_1", nodes: ["d", "g", "s", "b"], values: sized, supply: "d", ground: "0" }),
      ...["vd", "vg", "vs", "vb"].map(voltage),
    ],
    models: type.models,
  };
}

async function run(session: SimulatorSession, request: Omit<RunRequest, "timeoutMs">): Promise<SimulationOk> {
  const result = await session.run({ ...request, timeoutMs: 20_000 });
  if (result.status !== "ok") throw new Error(`${result.status}: ${result.message}`);
  return result;
}

interface Bias {
  readonly l: number;
  /** Magnitudes: the sign is the type's. */
  readonly vgs: number;
  readonly vds: number;
}

/** Drain current's magnitude and small-signal figures at a bias. */
async function operatingPoint(type: DeviceType, { l, vgs, vds }: Bias, temperatureCelsius = 27) {
  const sign = type === nmos4 ? 1 : -1;
  const session = await simulator.open({ ...transistor(type, { l }), temperatureCelsius });
  try {
    const { analyses } = await run(session, {
      set: { "vg.dc": sign * vgs, "vd.dc": sign * vds },
      analyses: [{ kind: "op" }],
      devices: ["d_1"],
    });
    const [result] = analyses;
    const device = result?.kind === "op" ? result.op.devices.d_1 : undefined;
    if (result?.kind !== "op" || device === undefined) throw new Error("no operating point came back");
    return { id: Math.abs(result.op.branches.vd ?? NaN), gm: device.gm, gds: device.gds, vth: Math.abs(device.vth) };
  } finally {
    await session.close();
  }
}

describe.each([
  { type: nmos4, onCurrent: 0.65e-3, muCox: 270e-6 },
  { type: pmos4, onCurrent: 0.26e-3, muCox: 70e-6 },
])("the model card of $type.name", ({ type, onCurrent, muCox }) => {
  it("carries a 180 nm process's current when on, and picoamperes when off", async () => {
    const on = await operatingPoint(type, { l: 0.18e-6, vgs: 1.8, vds: 1.8 });
    const off = await operatingPoint(type, { l: 0.18e-6, vgs: 0, vds: 1.8 });
    expect(on.id / (WIDTH * 1e6) / onCurrent).toBeGreaterThan(0.9);
    expect(on.id / (WIDTH * 1e6) / onCurrent).toBeLessThan(1.1);
    expect(off.id / (WIDTH * 1e6)).toBeLessThan(100e-12);
    expect(off.id / (WIDTH * 1e6)).toBeGreaterThan(0.1e-12);
  });

  it("follows the published square law at low overdrive", async () => {
    const { id, vth } = await operatingPoint(type, { l: 1e-6, vgs: 0.65, vds: 0.9 });
    expect(vth).toBeCloseTo(0.45, 2);
    expect((2 * id) / ((WIDTH / 1e-6) * 0.2 ** 2) / muCox).toBeCloseTo(1, 1);
  });

  it("falls off by 80 to 90 mV a decade below its threshold", async () => {
    const upper = await operatingPoint(type, { l: 0.5e-6, vgs: 0.25, vds: 0.9 });
    const lower = await operatingPoint(type, { l: 0.5e-6, vgs: 0.2, vds: 0.9 });
    const swing = 0.05 / Math.log10(upper.id / lower.id);
    expect(swing).toBeGreaterThan(0.08);
    expect(swing).toBeLessThan(0.09);
  });

  it("gains more when longer: gm ro of about 20, 80 and 130", async () => {
    const gains: number[] = [];
    for (const l of [0.18e-6, 0.5e-6, 1e-6]) {
      const { gm, gds } = await operatingPoint(type, { l, vgs: 0.65, vds: 0.9 });
      gains.push(gm / gds);
    }
    const [short = NaN, middle = NaN, long = NaN] = gains;
    expect(short).toBeGreaterThan(15);
    expect(short).toBeLessThan(25);
    expect(middle).toBeGreaterThan(60);
    expect(middle).toBeLessThan(110);
    expect(long).toBeGreaterThan(middle);
  });

  it("loses 0.83 mV of threshold a kelvin", async () => {
    const bias = { l: 1e-6, vgs: 0.65, vds: 0.9 };
    const cold = await operatingPoint(type, bias, -40);
    const hot = await operatingPoint(type, bias, 125);
    expect((hot.vth - cold.vth) / 165).toBeCloseTo(-0.83e-3, 4);
  });

  it("carries the same current either way round", async () => {
    const sign = type === nmos4 ? 1 : -1;
    const session = await simulator.open(transistor(type));
    const sweep: Analysis = { kind: "dc", source: "vd", start: -0.1, stop: 0.1, step: 0.05 };
    const current = async (drain: number, source: number): Promise<number> => {
      const { analyses } = await run(session, {
        set: { "vg.dc": sign, "vb.dc": -0.3 * sign, "vd.dc": drain, "vs.dc": source },
        analyses: [{ kind: "op" }],
      });
      return analyses[0]?.kind === "op" ? (analyses[0].op.branches.vd ?? NaN) : NaN;
    };
    const [forward, backward] = [await current(0.1, 0), await current(0, 0.1)];
    expect(Math.abs(forward)).toBeGreaterThan(1e-6);
    expect(backward / forward).toBeCloseTo(-1, 3);
    const { analyses } = await run(session, { set: { "vs.dc": 0 }, analyses: [sweep], save: ["i(vd)"] });
    const values = analyses[0]?.kind === "dc" ? [...(analyses[0].vectors["i(vd)"] ?? [])] : [];
    expect(values).toHaveLength(5);
    expect(values).toEqual([...values].sort((left, right) => right - left));
    await session.close();
  });
});
