import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRng, silentLogger, TopogenieError, type OptimizationProblem } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { loadHost, optimizerPlugin, pluginFolder, pluginOf } from "./plugin-fixture.js";

const able = `name: "x", capabilities: () => ({ multiObjective: false, learns: false, evaluations: "hundreds" })`;
const problem: OptimizationProblem = { dimensions: [{ name: "x" }], objectives: ["f"], budget: 10, initial: [] };
const patience = { answerMs: 150, disposeMs: 150 };

async function thrownBy(work: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TopogenieError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** A study of an optimizer whose `study` is given as text. */
async function studyOf(study: string) {
  const folder = await pluginFolder({
    "a.mjs": optimizerPlugin("topogenie-plugin-climb", { climb: `() => ({ ${able}, start: () => (${study}) })` }),
  });
  const host = await loadHost(folder, ["./a.mjs"], { patience });
  return (await host.create("sizing-optimizer", "climb", {}, "sizing.optimizer")).start(problem, createRng(1));
}

/** A session of a simulator whose `run` is given as text. */
async function sessionOf(run: string, more = "") {
  const capabilities = `{ engine: "e", version: "1", analyses: ["op", "dc"], elements: ["resistor", "voltage"], workers: 1, notes: [] }`;
  const folder = await pluginFolder({
    "a.mjs": pluginOf("simulator", "topogenie-plugin-oracle", {
      oracle: `() => ({ capabilities: () => (${capabilities}), open: async () => ({ run: ${run}, close: async () => {} }), dispose: async () => {} ${more} })`,
    }),
  });
  const host = await loadHost(folder, ["./a.mjs"], { patience });
  const simulator = await host.create("simulator", "oracle", {}, "simulator.engine");
  return simulator.open({ title: "", elements: [], models: [] });
}

describe("a plugin that throws", () => {
  it("is named, with the call and its words", async () => {
    const study = await studyOf(`{ ask() { throw new Error("no ideas left"); } }`);
    expect(await thrownBy(() => study.ask(1))).toEqual({
      code: "PLUGIN_THREW",
      message:
        'Plugin topogenie-plugin-climb, sizing-optimizer "climb": ask() threw: no ideas left. ' +
        "This is a defect of the plugin: report it there, or use another.",
    });
  });

  it("is named when it rejects", async () => {
    const session = await sessionOf(`async () => { throw new TypeError("undefined is not a function"); }`);
    const { code, message } = await thrownBy(() => session.run({ analyses: [{ kind: "op" }], timeoutMs: 100 }));
    expect(code).toBe("PLUGIN_THREW");
    expect(message).toMatch(/topogenie-plugin-oracle, simulator "oracle": run\(\) threw: undefined is not/);
  });

  it("passes on the reason of an abort unchanged", async () => {
    const session = await sessionOf(
      `({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))`,
    );
    const controller = new AbortController();
    const reason = new Error("enough");
    const pending = session.run({ analyses: [{ kind: "op" }], timeoutMs: 10_000, signal: controller.signal });
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });
});

describe("a plugin that hangs", () => {
  it("is given up while it is made", async () => {
    const folder = await pluginFolder({ "a.mjs": optimizerPlugin("slow", { climb: "() => new Promise(() => {})" }) });
    const host = await loadHost(folder, ["./a.mjs"], { patience });
    const { code, message } = await thrownBy(() => host.create("sizing-optimizer", "climb", {}, "sizing.optimizer"));
    expect(code).toBe("PLUGIN_HANGS");
    expect(message).toContain('Plugin slow, sizing-optimizer "climb": create() has not answered for 0.2 s');
  });

  it("is given up when no run ends for longer than any may take", async () => {
    const session = await sessionOf("() => new Promise(() => {})");
    const runs = [100, 200].map((timeoutMs) => thrownBy(() => session.run({ analyses: [{ kind: "op" }], timeoutMs })));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(["PLUGIN_HANGS", "PLUGIN_HANGS"]);
  });

  it("is not taken for hanging while its runs queue for a worker", async () => {
    const ok = `{ status: "ok", convergence: "direct", analyses: [{ kind: "op", op: { nodes: {}, branches: {}, devices: {} } }] }`;
    const session = await sessionOf(
      `(() => { let last = Promise.resolve(); return () => (last = last.then(() => new Promise((done) => setTimeout(() => done(${ok}), 200)))); })()`,
    );
    // Each takes 200 ms of its 300; the last of them is answered after far more than one may take.
    const runs = Array.from({ length: 6 }, () => session.run({ analyses: [{ kind: "op" }], timeoutMs: 300 }));
    expect((await Promise.all(runs)).every(({ status }) => status === "ok")).toBe(true);
  });

  it("is ended with its name when it blocks the whole process", { timeout: 30_000 }, async () => {
    const folder = await pluginFolder({
      "a.mjs": optimizerPlugin("topogenie-plugin-loop", { climb: `() => ({ ${able}, start: () => ({ ask() { for (;;); } }) })` }),
    });
    await writeFile(
      join(folder, "main.mjs"),
      `import { createRng, PluginHost, silentLogger } from ${JSON.stringify(fileURLToPath(import.meta.resolve("@topogenie/core")))};
      const host = await PluginHost.load({
        sources: [{ specifiers: ["./a.mjs"], folder: ${JSON.stringify(folder)}, file: "config" }],
        seed: 1, workers: 1, workDirectory: ".", logger: silentLogger, signal: new AbortController().signal,
        patience: { blockMs: 500 },
      });
      const optimizer = await host.create("sizing-optimizer", "climb", {}, "sizing.optimizer");
      optimizer.start(${JSON.stringify(problem)}, createRng(1)).ask(1);`,
    );
    const ended = spawnSync(process.execPath, [join(folder, "main.mjs")], { encoding: "utf8", timeout: 25_000 });
    expect(ended.signal).toBe("SIGKILL");
    expect(ended.stderr).toContain('PLUGIN_HANGS Plugin topogenie-plugin-loop, sizing-optimizer "climb": ask() has not answered');
  });
});

describe("a plugin that answers nonsense", () => {
  it.each([
    ["no array", "5", /an array of candidates is expected/],
    [
      "more than was wanted",
      "[{ id: 1, x: new Float64Array(1) }, { id: 2, x: new Float64Array(1) }]",
      /2 candidates where 1 were wanted/,
    ],
    ["a point outside", "[{ id: 1, x: Float64Array.of(1.5) }]", /coordinate 1 of candidate 1 is 1\.5, outside \[0, 1\]/],
    ["a point that is no number", "[{ id: 1, x: Float64Array.of(NaN) }]", /is NaN, outside/],
    ["too few coordinates", "[{ id: 1, x: new Float64Array(0) }]", /no Float64Array of 1 coordinates/],
  ])("ask(): %s", async (_, answer, says) => {
    const study = await studyOf(`{ ask: () => ${answer} }`);
    const { code, message } = await thrownBy(() => study.ask(1));
    expect(code).toBe("PLUGIN_NONSENSE");
    expect(message).toMatch(says);
    expect(message).toContain("topogenie-plugin-climb");
  });

  it.each([
    ["an unknown status", `{ status: "fine" }`, /there is no status "fine"/],
    [
      "another analysis",
      `{ status: "ok", convergence: "direct", analyses: [{ kind: "tran" }] }`,
      /results of dc are expected, not of tran/,
    ],
    [
      "a curve with a point missing",
      `{ status: "ok", convergence: "direct", analyses: [{ kind: "dc", x: new Float64Array(3), vectors: { out: new Float64Array(2) } }] }`,
      /the vector "out" of dc does not have 3 points/,
    ],
  ])("run(): %s", async (_, answer, says) => {
    const session = await sessionOf(`async () => (${answer})`);
    const analyses = [{ kind: "dc", source: "in", start: 0, stop: 1, step: 1 }] as const;
    const { code, message } = await thrownBy(() => session.run({ analyses, timeoutMs: 100 }));
    expect(code).toBe("PLUGIN_NONSENSE");
    expect(message).toMatch(says);
  });

  it("create(): something of another kind", async () => {
    const folder = await pluginFolder({ "a.mjs": optimizerPlugin("odd", { climb: "() => ({ name: 'x' })" }) });
    const host = await loadHost(folder, ["./a.mjs"]);
    const { message } = await thrownBy(() => host.create("sizing-optimizer", "climb", {}, "sizing.optimizer"));
    expect(message).toMatch(/Plugin odd, sizing-optimizer "climb": capabilities\(\) threw/);
  });
});

it("a plugin that cannot be put away is said, and all others are put away", async () => {
  const warnings: string[] = [];
  const disposed: string[] = [];
  Object.assign(globalThis, { disposed });
  const folder = await pluginFolder({
    "a.mjs": optimizerPlugin("a", {
      good: `() => ({ ${able}, start() {}, dispose() { globalThis.disposed.push("good"); } })`,
      throws: `() => ({ ${able}, start() {}, dispose() { throw new Error("still in use"); } })`,
      hangs: `() => ({ ${able}, start() {}, dispose: () => new Promise(() => {}) })`,
    }),
  });
  const logger = { ...silentLogger, warn: (message: string) => warnings.push(message) };
  const host = await loadHost(folder, ["./a.mjs"], { patience, logger });
  for (const name of ["good", "throws", "hangs"]) await host.create("sizing-optimizer", name, {}, "sizing.optimizer");
  await host.dispose();
  expect(disposed).toEqual(["good"]);
  expect(warnings[0]).toContain('sizing-optimizer "hangs": dispose() has not answered');
  expect(warnings[1]).toContain('sizing-optimizer "throws": dispose() threw: still in use');
});

describe("copies that do not belong together", () => {
  it("another copy of core is named, with both places", async () => {
    const other = `Object.defineProperty({ apiVersion: 1, name: "p", version: "1.0.0", provides: [] }, Symbol.for("topogenie.core-copy"), { value: { version: "0.0.9", folder: "/else/core" } })`;
    const folder = await pluginFolder({ "a.mjs": `export default ${other};` });
    const { code, message } = await thrownBy(() => loadHost(folder, ["./a.mjs"]));
    expect(code).toBe("PLUGIN_CORE_COPY");
    expect(message).toMatch(/another copy of @topogenie\/core \(0\.0\.9 in \/else\/core\).*peerDependencies.*npm dedupe/);
  });

  it("a schema of zod 3 is named", async () => {
    const zod3 = `({ _def: { typeName: "ZodObject" }, parse() {}, safeParse() {} })`;
    const folder = await pluginFolder({ "a.mjs": optimizerPlugin("old", { climb: "() => 0" }, zod3) });
    const { code, message } = await thrownBy(() => loadHost(folder, ["./a.mjs"]));
    expect(code).toBe("PLUGIN_ZOD_VERSION");
    expect(message).toMatch(/provides\.0\.options is a schema of zod 3.*peerDependencies/);
  });
});
