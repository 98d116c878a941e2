import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canonicalHash,
  Circuit,
  createRng,
  portKind,
  type DeviceType,
  type EvaluatedAttempt,
  type PluginHost,
  type TokenizationScheme,
} from "@topogenie/core";
import { builtInHost } from "./built-in-host.js";
import { emptyFolder, run } from "./command.js";

const families = ["opamp", "bandgap", "lna", "vco"];
const SENTENCES = 100;
let folder: string;
let host: PluginHost;
let deviceTypes: ReadonlyMap<string, DeviceType>;
let pinWalks: TokenizationScheme;
let circuits: readonly Circuit[];

beforeAll(async () => {
  folder = await emptyFolder();
  host = await builtInHost(folder);
  deviceTypes = await host.deviceTypes();
  pinWalks = await host.create("tokenization-scheme", "eulerian", {}, "scheme");
  const made = await Promise.all(families.map((name) => host.create("circuit-family", name, {}, "family")));
  circuits = made.flatMap((family) => [...family.seeds()].map(({ circuit }) => circuit));
});
afterAll(() => host.dispose());

/** Every edge between a device and a net is passed once down and once back up: a walk in AnalogToBi's form. */
function bipartiteWalk(circuit: Circuit, seed: number): string {
  const rng = createRng(seed);
  const inner = [...circuit.nets.keys()].filter((net) => !circuit.isPort(net));
  const netWord = new Map(inner.map((net, index) => [net, `NET${index + 1}`]));
  const counts = new Map<string, number>();
  const edges = circuit.devices.flatMap(({ type: typeName, nets }) => {
    const type = deviceTypes.get(typeName);
    if (type === undefined) throw new Error(`no device type ${typeName}`);
    const number = (counts.get(typeName) ?? 0) + 1;
    counts.set(typeName, number);
    const device = `${type.tokenPrefix}${number}`;
    const symmetric = type.interchangeablePins.some((pins) => pins.length === 2) && type.pins.length === 2;
    return [...new Set(nets)].map((net) => {
      const pins = type.pins.filter((_, pin) => nets[pin] === net).map(({ name }) => name);
      const letter = type.spiceLetter === "q" ? "B" : type.spiceLetter.toUpperCase();
      return { device, net: netWord.get(net) ?? net, joint: `${letter}_${symmetric ? "C" : pins.join("")}` };
    });
  });
  const words = ["VSS"];
  const passed = new Set<(typeof edges)[number]>();
  const visit = (place: string): void => {
    for (const edge of rng.shuffle(edges.filter(({ device, net }) => device === place || net === place))) {
      if (passed.has(edge)) continue;
      passed.add(edge);
      const next = edge.device === place ? edge.net : edge.device;
      words.push(edge.joint, next);
      visit(next);
      words.push(edge.joint, place);
    }
  };
  visit("VSS");
  expect(passed.size).toBe(edges.length);
  return words.join("->");
}

/** Evaluates the sentences, and expects every one to be read as the circuit that it was written from. */
async function expectRead(tag: string, write: (circuit: Circuit, seed: number) => string): Promise<void> {
  const written = createRng(tag).shuffle(circuits).slice(0, SENTENCES);
  const texts = written.map((circuit, index) => `${write(circuit, index)}->TRUNCATE\n`);
  await writeFile(join(folder, `${tag}.txt`), texts.join(""));
  const { code, stderr } = await run(folder, "evaluate", `${tag}.txt`, "--tag", tag, "--set", "verify.timeoutMs=1000");
  expect(code, stderr).toBe(0);
  const lines = (await readFile(join(folder, "runs", tag, "attempts.jsonl"), "utf8")).trim().split("\n");
  const read = lines.map((line) => {
    const { circuit } = JSON.parse(line) as EvaluatedAttempt;
    return circuit === undefined ? undefined : described(new Circuit(circuit));
  });
  expect(read).toEqual(written.map(described));
}

function described(circuit: Circuit): unknown {
  return { hash: canonicalHash(circuit, deviceTypes), ports: circuit.ports.map(portKind).sort() };
}

describe("token files give back the circuits that were written", () => {
  it("as walks over pins", async () => {
    await expectRead("pins", (circuit, seed) => pinWalks.encode(circuit, createRng(seed)).join("->"));
  }, 120_000);

  it("as walks over devices and nets", async () => {
    await expectRead("nets", bipartiteWalk);
  }, 120_000);
});
