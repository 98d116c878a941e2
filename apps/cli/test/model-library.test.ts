import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  canonicalHash,
  CheckpointSeries,
  checkSimulatable,
  Circuit,
  circuitElements,
  createRng,
  gptParameters,
  loadConfig,
  loadModels,
  pipelineStages,
  type PluginHost,
  runPipeline,
  silentLogger,
  specialTokens,
  tryModels,
  writeJsonLines,
  type Attempt,
  type AttemptVerdict,
  type DeviceType,
  type ModelCards,
  type Simulator,
  type Stage,
} from "@topogenie/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInPlugins } from "../src/built-in-plugins.js";
import { builtInHost } from "./built-in-host.js";

const cards = fileURLToPath(new URL("model-cards", import.meta.url));
const map = { nmos4: "nch", pmos4: "pch", npn: "npn_fast", pnp: "pnp_lat", diode: "junction" };

function ngspiceIsInstalled(): boolean {
  try {
    execFileSync("ngspice", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const amplifier = new Circuit({
  name: "amplifier",
  ports: ["VDD", "VSS", "VIN1", "VIN2", "VOUT1", "IB1"],
  devices: [
    { name: "NM1", type: "nmos4", nets: ["n1", "VIN1", "tail", "VSS"] },
    { name: "NM2", type: "nmos4", nets: ["VOUT1", "VIN2", "tail", "VSS"] },
    { name: "PM1", type: "pmos4", nets: ["n1", "n1", "VDD", "VDD"] },
    { name: "PM2", type: "pmos4", nets: ["VOUT1", "n1", "VDD", "VDD"] },
    { name: "NM3", type: "nmos4", nets: ["tail", "IB1", "VSS", "VSS"] },
    { name: "NM4", type: "nmos4", nets: ["IB1", "IB1", "VSS", "VSS"] },
  ],
});
/** One of every device that has a model, logic included. */
const everything = new Circuit({
  name: "everything",
  ports: ["VDD", "VSS", "VIN1", "VOUT1"],
  devices: [
    { name: "X1", type: "INVERTER", nets: ["VIN1", "a", "VDD", "VSS"] },
    { name: "X2", type: "XOR", nets: ["VIN1", "a", "VDD", "VSS", "b"] },
    { name: "NM1", type: "nmos4", nets: ["VOUT1", "b", "VSS", "VSS"] },
    { name: "R1", type: "resistor", nets: ["VDD", "VOUT1"] },
    { name: "NPN1", type: "npn", nets: ["VDD", "VOUT1", "c"] },
    { name: "R2", type: "resistor", nets: ["c", "VSS"] },
    { name: "PNP1", type: "pnp", nets: ["VSS", "c", "d"] },
    { name: "R3", type: "resistor", nets: ["VDD", "d"] },
    { name: "D1", type: "diode", nets: ["d", "VSS"] },
  ],
});

let folder = "";
let deviceTypes: ReadonlyMap<string, DeviceType>;
let host: PluginHost;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "topogenie-models-"));
  await cp(cards, folder, { recursive: true });
  host = await builtInHost(folder);
  deviceTypes = await host.deviceTypes();
});
afterAll(async () => {
  await host.dispose();
  await rm(folder, { recursive: true });
});

function models(section: string, mapping: Record<string, string> = map): Promise<ModelCards> {
  return loadModels({ library: "generic130.lib", section, map: mapping }, folder);
}

describe("the elements of a circuit", () => {
  it("use the library's cards alone, inside of logic blocks too", async () => {
    const dut = circuitElements(everything, deviceTypes, {}, await models("tt"));
    expect(dut.models.map(({ name }) => name).sort()).toEqual([
      "lib_junction",
      "lib_nch",
      "lib_npn_fast",
      "lib_pch",
      "lib_pnp_lat",
    ]);
    expect(dut.elements.filter(({ kind }) => kind === "mosfet").length).toBeGreaterThan(15);
  });

  it("keep the device types' own cards where nothing is mapped", async () => {
    const dut = circuitElements(everything, deviceTypes, {}, await models("tt", { npn: "npn_fast" }));
    expect(dut.models.map(({ name }) => name)).toEqual(expect.arrayContaining(["nmos180", "logic_n", "logic_p", "lib_npn_fast"]));
  });
});

for (const [engine, isThere] of [
  ["ngspice", true],
  ["ngspice-native", ngspiceIsInstalled()],
] as const) {
  describe.skipIf(!isThere)(`a user's library on ${engine}${isThere ? "" : " (needs ngspice: apt-get install ngspice)"}`, () => {
    let simulator: Simulator;
    beforeAll(async () => {
      simulator = await host.create("simulator", engine, {}, "test");
    });

    it("gives the current that its square law says", async () => {
      const circuit = new Circuit({
        name: "diode-connected",
        ports: ["VDD", "VSS"],
        devices: [{ name: "NM1", type: "nmos4", nets: ["VDD", "VDD", "VSS", "VSS"], values: { w: 4e-6, l: 1e-6 } }],
      });
      const dut = circuitElements(circuit, deviceTypes, {}, await models("square"));
      const supply = { kind: "voltage", name: "supply", nodes: [dut.node("VDD"), "0"], values: { dc: 1.2 } } as const;
      const session = await simulator.open({ title: "t", elements: [...dut.elements, supply], models: dut.models });
      const result = await session.run({ analyses: [{ kind: "op" }], timeoutMs: 30_000 });
      await session.close();
      if (result.status !== "ok" || result.analyses[0]?.kind !== "op") throw new Error(JSON.stringify(result));
      // ½ kp W/L (vgs - vto)² (1 + lambda vds)
      expect(-(result.analyses[0].op.branches.supply ?? 0)).toBeCloseTo(0.5 * 300e-6 * 4 * 0.8 ** 2 * (1 + 0.1 * 1.2), 9);
    });

    it("makes circuits of every device with a model simulatable", async () => {
      for (const circuit of [amplifier, everything]) {
        const verdict = await checkSimulatable(circuit, { simulator, deviceTypes, models: await models("tt"), supplyVolts: 1.2 });
        expect(verdict).toMatchObject({ simulatable: true });
      }
    });

    it("is tried before any circuit, and refused in the engine's words", async () => {
      await expect(tryModels(await models("tt"), simulator)).resolves.toBeUndefined();
      await expect(tryModels(await models("refused", { nmos4: "nch" }), simulator)).rejects.toMatchObject({
        code: "MODEL_REJECTED",
        message: expect.stringMatching(
          engine === "ngspice" ? /nmos4: .*"lib_nch" \(crashed\): .*it said: / : /nmos4: .*unrecognized parameter \(nosuch/s,
        ) as string,
      });
    });

    it("is used by verify and size, and a changed card makes them, and no other stage, be done again", async () => {
      const config = join(folder, `${engine}.yaml`);
      await writeFile(
        config,
        `simulator: { engine: ${engine} }
models: { library: generic130.lib, section: tt, map: ${JSON.stringify(map)} }
verify: { supplyVolts: 1.2 }
sizing: { rung: simulatable, familyOptions: { supplyVolts: 1.2 }, candidates: 1, circuits: 1, screening: 4, simulations: 12, batch: 4, options: { population: 4 } }
`,
      );
      const runPath = join(folder, `run-${engine}`);
      const first = await runStages(config, runPath);
      expect(first).toEqual(["corpus", "train", "generate", "verify", "size"]);
      const [verdict] = (await readFile(join(runPath, "5-verify/verdicts.jsonl"), "utf8")).trim().split("\n");
      expect((JSON.parse(verdict ?? "{}") as AttemptVerdict).failed).toBeUndefined();
      const netlistFile = join(runPath, "6-size/netlists/attempt-0.cir");
      const netlist = await readFile(netlistFile, "utf8");
      expect(netlist).toMatch(/^\.model lib_nch nmos level=54 .*vth0=0\.33/m);
      expect(netlist).not.toContain("nmos180");
      if (ngspiceIsInstalled()) {
        expect(
          execFileSync("ngspice", ["-b", "-n", netlistFile], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
        ).toContain("AC Analysis");
      }

      const library = join(folder, "generic130.lib");
      const before = await readFile(library, "utf8");
      await writeFile(library, `* only a comment more\n${before}`);
      expect(await runStages(config, runPath)).toEqual([]);
      await writeFile(library, before.replace("vth0 = 0.33", "vth0 = 0.36"));
      expect(await runStages(config, runPath)).toEqual(["verify", "size"]);
      expect(await readFile(netlistFile, "utf8")).toMatch(/^\.model lib_nch .*vth0=0\.36/m);
      await writeFile(library, before);
    });
  });
}

it("is looked for before any stage is begun", async () => {
  const config = join(folder, "missing.yaml");
  await writeFile(config, "models: { library: nowhere.lib, map: { nmos4: nch } }\n");
  await expect(runStages(config, join(folder, "run-missing"))).rejects.toMatchObject({ code: "MODEL_LIBRARY_UNREADABLE" });
});

/** Verify and size for real on one circuit, as if it had been generated; the stages that were done, not skipped. */
async function runStages(configFile: string, runPath: string): Promise<string[]> {
  const done: string[] = [];
  await runPipeline({
    loaded: await loadConfig(configFile),
    runPath,
    stages: [
      corpus,
      train,
      generate,
      ...pipelineStages(() => Promise.resolve("")).filter(({ name }) => name === "verify" || name === "size"),
    ],
    selection: { resume: true },
    builtIn: builtInPlugins,
    versions: {},
    logger: silentLogger,
    signal: new AbortController().signal,
    onStage: ({ kind, stage }) => {
      if (kind === "done") done.push(stage.name);
    },
  });
  return done;
}

const corpus: Stage = {
  name: "corpus",
  title: "one circuit",
  reads: [],
  dependsOn: () => "one circuit",
  run: async ({ file }) => {
    await writeJsonLines(file("circuits.jsonl"), [
      { id: canonicalHash(everything, deviceTypes), source: "test", circuit: everything },
    ]);
    return { outputs: ["circuits.jsonl"], summary: "" };
  },
};

/** A model that has seen no circuit. */
const train: Stage = {
  name: "train",
  title: "an untrained model",
  reads: [],
  dependsOn: () => "untrained",
  run: async ({ file }) => {
    const vocabulary = [...specialTokens, "VSS"];
    const config = { layers: 1, heads: 1, width: 4, context: 8, vocabularySize: vocabulary.length, dropout: 0 };
    const zeros = ({ name, shape }: ReturnType<typeof gptParameters>[number]) =>
      [name, { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) }] as const;
    const state = { config, step: 0, tensors: new Map(gptParameters(config).map(zeros)) };
    const series = await CheckpointSeries.open(file("model"));
    await series.save({ state, vocabulary, corpusHash: "none", metrics: {} }, true);
    return { outputs: ["model/checkpoints.json"], summary: "" };
  },
};

const generate: Stage = {
  name: "generate",
  title: "one sentence",
  reads: [],
  dependsOn: () => "one sentence",
  run: async ({ file, host: plugins, config }) => {
    const scheme = await plugins.create("tokenization-scheme", config.encode.scheme, config.encode.options, "encode.scheme");
    const attempt: Attempt = { attempt: 0, tokens: scheme.encode(amplifier, createRng(1)), ended: true };
    await writeJsonLines(file("attempts.jsonl"), [attempt]);
    return { outputs: ["attempts.jsonl"], summary: "" };
  },
};
