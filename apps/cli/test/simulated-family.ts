import { tmpdir } from "node:os";
import {
  checkRules,
  Circuit,
  circuitElements,
  createRng,
  electricalRules,
  missingPort,
  silentLogger,
  type CircuitFamily,
  type DeviceType,
  type SimulationOk,
  type Simulator,
} from "@topogenie/core";
import bipolar from "@topogenie/devices-bipolar";
import logic from "@topogenie/devices-logic";
import mos from "@topogenie/devices-mos";
import passive from "@topogenie/devices-passive";
import ngspice from "@topogenie/simulator-ngspice";
import { expect } from "vitest";

/** Every device type that comes with the command. */
export async function allDeviceTypes(): Promise<ReadonlyMap<string, DeviceType>> {
  const types = new Map<string, DeviceType>();
  for (const { provides } of [mos, bipolar, passive, logic]) {
    for (const provided of provides) {
      const type = (await provided.create(provided.options.parse({}), contextOf(types))) as DeviceType;
      types.set(type.name, type);
    }
  }
  return types;
}

export async function startSimulator(deviceTypes: ReadonlyMap<string, DeviceType>): Promise<Simulator> {
  const provided = ngspice.provides.find(({ kind }) => kind === "simulator");
  if (provided === undefined) throw new Error("the package provides no simulator");
  return (await provided.create(provided.options.parse({}), contextOf(deviceTypes))) as Simulator;
}

function contextOf(deviceTypes: ReadonlyMap<string, DeviceType>): Parameters<(typeof ngspice.provides)[number]["create"]>[1] {
  return {
    logger: silentLogger,
    rng: createRng("simulated-family"),
    signal: new AbortController().signal,
    workDirectory: tmpdir(),
    workers: 1,
    deviceTypes,
    use: () => Promise.reject(new Error("nothing else is used")),
  };
}

/** Lines `name type net net … value=number …`. */
export function sized(name: string, ports: string, lines: readonly string[]): Circuit {
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

/**
 * What a family measures of a circuit at the sizes written in it, a family's own defaults elsewhere, with bench variables `set`
 * by name; `results` takes what the benches gave. The failure's own words when a bench fails.
 */
export async function measured(
  family: CircuitFamily,
  circuit: Circuit,
  { deviceTypes, simulator }: { readonly deviceTypes: ReadonlyMap<string, DeviceType>; readonly simulator: Simulator },
  set: Readonly<Record<string, number>> = {},
  results: Record<string, SimulationOk> = {},
): Promise<Readonly<Record<string, number>>> {
  const values = Object.fromEntries(
    circuit.devices.map((device) => {
      const parameters = deviceTypes.get(device.type)?.parameters ?? [];
      const defaults = parameters.map((parameter) => [
        parameter.name,
        device.values[parameter.name] ?? family.bounds?.[`${device.type}.${parameter.name}`]?.default ?? parameter.default,
      ]);
      return [device.name, Object.fromEntries(defaults) as Record<string, number>];
    }),
  );
  for (const bench of family.testbenches(circuitElements(circuit, deviceTypes, values))) {
    const session = await simulator.open(bench.deck);
    const settings = bench.variables.flatMap(({ name, sets }) => sets.map((key) => [key, set[name]] as const));
    const result = await session.run({
      set: Object.fromEntries(settings.filter((entry): entry is readonly [string, number] => entry[1] !== undefined)),
      analyses: bench.analyses,
      save: bench.save,
      timeoutMs: bench.timeoutMs * 3,
    });
    await session.close();
    if (result.status !== "ok") throw new Error(`${circuit.name}, bench ${bench.name}: ${result.status}: ${result.message}`);
    results[bench.name] = result;
  }
  return family.measure(results);
}

export function isFunctional(family: CircuitFamily, values: Readonly<Record<string, number>>): boolean {
  return family.minimumFunction.constraints.every(({ measurement, atLeast = -Infinity, atMost = Infinity }) => {
    const value = values[measurement];
    return value !== undefined && value >= atLeast && value <= atMost;
  });
}

/** Seeds are as many as promised, cited, within the sizes stated, and pass core's rules; conformance sees to the rest. */
export function expectSoundSeeds(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  { atLeast, fewest, most }: { readonly atLeast: number; readonly fewest: number; readonly most: number },
): void {
  const seeds = [...family.seeds()];
  expect(seeds.length).toBeGreaterThanOrEqual(atLeast);
  expect(new Set(seeds.map(({ title }) => title)).size).toBe(seeds.length);
  for (const { circuit, title, citation } of seeds) {
    expect(citation.length, title).toBeGreaterThan(20);
    expect(checkRules(circuit, deviceTypes), title).toEqual([]);
  }
  const counts = seeds.map(({ circuit }) => circuit.devices.length);
  expect(Math.min(...counts)).toBe(fewest);
  expect(Math.max(...counts)).toBe(most);
}

/**
 * A wider draw has more seeds, those of the usual draw among them; one in `every` keeps the family's rules and ports. Looks no
 * further than to the last of the usual ones, or to `atLeast`.
 */
export function expectWiderSeeds(
  usual: CircuitFamily,
  wider: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  { atLeast, every }: { readonly atLeast: number; readonly every: number },
): void {
  const expected = new Map([...usual.seeds()].map((seed) => [seed.circuit.name, JSON.stringify(seed)]));
  let count = 0;
  for (const seed of wider.seeds()) {
    if (expected.size === 0 && count >= atLeast) break;
    count += 1;
    const before = expected.get(seed.circuit.name);
    if (before !== undefined) expect(JSON.stringify(seed)).toBe(before);
    expected.delete(seed.circuit.name);
    if (count % every !== 0) continue;
    expect(missingPort(seed.circuit, wider), seed.title).toBeUndefined();
    expect(checkRules(seed.circuit, deviceTypes, [...electricalRules, ...wider.rules]), seed.title).toEqual([]);
  }
  expect([...expected.keys()]).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(atLeast);
}
