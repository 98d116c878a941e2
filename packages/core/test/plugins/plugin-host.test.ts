import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { API_VERSION, definePlugin, pathOption, PluginHost, provide, silentLogger, TopogenieError } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadHost, optimizerPlugin, pluginFolder } from "./plugin-fixture.js";

const capabilities = `capabilities: () => ({ multiObjective: false, learns: false, evaluations: "hundreds" })`;
const nothing = `() => ({ name: "x", ${capabilities}, start() {} })`;

async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof TopogenieError)) throw new Error(`expected a coded error, got ${String(error)}`);
  return { code: error.code, message: error.message };
}

describe("a plugin that cannot be used stops the run and says what to do", () => {
  it("missing package: names the install command", async () => {
    const folder = await pluginFolder({});
    expect(await failure(loadHost(folder, ["hill-climber"]))).toEqual({
      code: "PLUGIN_MISSING",
      message:
        'Plugin "hill-climber", named in topogenie.config.yaml, is not installed. Tried "topogenie-plugin-hill-climber", "@topogenie/hill-climber", ' +
        `"hill-climber" from that file's folder. Install it with: npm install topogenie-plugin-hill-climber`,
    });
  });

  it("missing file: says what its path is relative to", async () => {
    const folder = await pluginFolder({});
    expect(await failure(loadHost(folder, ["./my-plugin.mjs"]))).toEqual({
      code: "PLUGIN_MISSING",
      message:
        'Plugin "./my-plugin.mjs", named in topogenie.config.yaml, is not there. Correct the path: it is relative to the folder of that file.',
    });
  });

  it("a module that throws while it loads: gives its words", async () => {
    const folder = await pluginFolder({ "bad.mjs": `throw new Error("no licence");` });
    const { code, message } = await failure(loadHost(folder, ["./bad.mjs"]));
    expect(code).toBe("PLUGIN_FAILED_TO_LOAD");
    expect(message).toContain("no licence");
  });

  it("a module that is no plugin: says what it must export", async () => {
    const folder = await pluginFolder({ "bad.mjs": `export const x = z;` });
    expect((await failure(loadHost(folder, ["./bad.mjs"]))).message).toBe(
      '"./bad.mjs", named in topogenie.config.yaml, is not a Topogenie plugin: it has no default export that is an object. ' +
        "Its module must default-export definePlugin({ apiVersion, name, version, provides }).",
    );
  });

  it("a thing without a create function: names its place", async () => {
    const folder = await pluginFolder({ "bad.mjs": optimizerPlugin("bad", { climb: "undefined" }) });
    const { code, message } = await failure(loadHost(folder, ["./bad.mjs"]));
    expect(code).toBe("PLUGIN_MALFORMED");
    expect(message).toContain("provides.0.create: must be a function");
  });

  it("wrong apiVersion: says which one is needed", async () => {
    const folder = await pluginFolder({
      "new.mjs": `export default { apiVersion: 2, name: "topogenie-plugin-new", version: "1.0.0", provides: [] };`,
    });
    expect(await failure(loadHost(folder, ["./new.mjs"]))).toEqual({
      code: "PLUGIN_API_VERSION",
      message:
        'Plugin "topogenie-plugin-new", named in topogenie.config.yaml, is made for apiVersion 2; this Topogenie has apiVersion 1. Update topogenie.',
    });
  });

  it("duplicate: names both plugins", async () => {
    const folder = await pluginFolder({
      "a.mjs": optimizerPlugin("a", { climb: nothing }),
      "b.mjs": optimizerPlugin("b", { climb: nothing }),
    });
    expect(await failure(loadHost(folder, ["./a.mjs", "./b.mjs"]))).toEqual({
      code: "PLUGIN_DUPLICATE",
      message: 'Two plugins provide the sizing-optimizer "climb": a@1.0.0 and b@1.0.0. Take one of them out of "plugins".',
    });
  });

  it("unknown name: says the nearest one and all that are loaded", async () => {
    const host = await loadHost(await pluginFolder({ "a.mjs": optimizerPlugin("a", { climb: nothing, anneal: nothing }) }), [
      "./a.mjs",
    ]);
    expect(await failure(host.create("sizing-optimizer", "climp", {}, "sizing.optimizer"))).toEqual({
      code: "NAME_UNKNOWN",
      message:
        'sizing.optimizer: there is no sizing-optimizer named "climp". Did you mean "climb"? Loaded: anneal, climb. ' +
        'A plugin that provides it must be listed under "plugins".',
    });
  });

  it("wrong kind: says what the name is", async () => {
    const host = await loadHost(await pluginFolder({ "a.mjs": optimizerPlugin("a", { climb: nothing }) }), ["./a.mjs"]);
    expect(await failure(host.create("simulator", "climb", {}, "simulator.engine"))).toEqual({
      code: "KIND_WRONG",
      message: 'simulator.engine: "climb" is a sizing-optimizer, but a simulator is needed here. Loaded ones: none.',
    });
  });

  it("bad options: names every key with its full path and the nearest valid one", async () => {
    const plugin = optimizerPlugin(
      "a",
      { climb: nothing },
      "z.strictObject({ step: z.number().positive().default(1), restarts: z.number().default(3) })",
    );
    const host = await loadHost(await pluginFolder({ "a.mjs": plugin }), ["./a.mjs"]);
    expect(await failure(host.create("sizing-optimizer", "climb", { step: -1, restart: 2 }, "sizing.optimizer"))).toEqual({
      code: "OPTIONS_INVALID",
      message:
        'The options of the sizing-optimizer "climb" are wrong:\n' +
        "  sizing.options.step: Too small: expected number to be >0\n" +
        '  sizing.options.restart: unknown key. Did you mean "restarts"? Valid keys: step, restarts.',
    });
  });

  it("cycle: shows the whole circle, also when both are asked for at once", async () => {
    const plugin = optimizerPlugin("a", {
      first: `(_, context) => context.use("sizing-optimizer", "second")`,
      second: `(_, context) => context.use("sizing-optimizer", "first")`,
    });
    const folder = await pluginFolder({ "a.mjs": plugin });
    const host = await loadHost(folder, ["./a.mjs"]);
    expect(await failure(host.create("sizing-optimizer", "first", {}, "sizing.optimizer"))).toEqual({
      code: "DEPENDENCY_CYCLE",
      message:
        "These need each other and none can be made first: sizing-optimizer second → sizing-optimizer first → sizing-optimizer second. " +
        "Change the options so that one of them uses something else.",
    });
    const other = await loadHost(folder, ["./a.mjs"]);
    const both = await Promise.all(
      ["first", "second"].map((name) => failure(other.create("sizing-optimizer", name, {}, "sizing.optimizer"))),
    );
    expect(both.map(({ code }) => code)).toEqual(["DEPENDENCY_CYCLE", "DEPENDENCY_CYCLE"]);
  });

  it("create throws: names the plugin and the thing", async () => {
    const host = await loadHost(
      await pluginFolder({ "a.mjs": optimizerPlugin("a", { climb: `() => { throw new Error("out of luck"); }` }) }),
      ["./a.mjs"],
    );
    expect(await failure(host.create("sizing-optimizer", "climb", {}, "sizing.optimizer"))).toEqual({
      code: "CREATE_FAILED",
      message: 'Plugin a could not make the sizing-optimizer "climb": out of luck',
    });
  });
});

describe("what the host makes", () => {
  it("finds short names in the config's own node_modules", async () => {
    const folder = await pluginFolder({
      "node_modules/topogenie-plugin-climb/index.mjs": optimizerPlugin("topogenie-plugin-climb", { climb: nothing }),
      "node_modules/@lab/topogenie-plugin-anneal/index.mjs": optimizerPlugin("@lab/topogenie-plugin-anneal", { anneal: nothing }),
    });
    for (const name of ["topogenie-plugin-climb", "@lab/topogenie-plugin-anneal"]) {
      await writeFile(
        `${folder}/node_modules/${name}/package.json`,
        JSON.stringify({ name, version: "1.0.0", exports: "./index.mjs" }),
      );
    }
    const host = await loadHost(folder, ["climb", "@lab/anneal"]);
    expect(host.registry.names("sizing-optimizer")).toEqual(["anneal", "climb"]);
  });

  it("is made once for the same options and disposed of in reverse order", async () => {
    const plugin = optimizerPlugin("a", {
      first: `() => ({ name: "first", ${capabilities}, dispose() { globalThis.disposed.push("first"); } })`,
      second: `async (_, context) => { const inner = await context.use("sizing-optimizer", "first"); return { name: inner.name + " again", ${capabilities}, dispose() { globalThis.disposed.push("second"); } }; }`,
    });
    const disposed: string[] = [];
    Object.assign(globalThis, { disposed });
    const host = await loadHost(await pluginFolder({ "a.mjs": plugin }), ["./a.mjs"]);
    const second = await host.create("sizing-optimizer", "second", {}, "sizing.optimizer");
    expect(await host.create("sizing-optimizer", "second", undefined, "sizing.optimizer")).toBe(second);
    expect(second.name).toBe("first again");
    await host.dispose();
    expect(disposed).toEqual(["second", "first"]);
  });
});

it("the host knows what options name by its content, and only where an option is for a path", async () => {
  const folder = await pluginFolder({});
  const options = z.strictObject({
    policy: pathOption().optional().describe("A folder."),
    libraries: z.array(z.strictObject({ file: pathOption(), corner: z.string() })).default([]),
    cache: z.string().optional(),
  });
  const create = () => {
    throw new Error("nothing is made");
  };
  const thing = provide({ kind: "sizing-optimizer", name: "reader", description: "", options, create });
  const plugin = definePlugin({ apiVersion: API_VERSION, name: "reader", version: "1.0.0", provides: [thing] });
  const { signal } = new AbortController();
  const host = PluginHost.of([plugin], { seed: 1, workers: 1, workDirectory: folder, logger: silentLogger, signal });
  const [policy, file] = [join(folder, "policy"), join(folder, "corners.lib")];
  const contents = (given: unknown) =>
    host.contentsOf([{ kind: "sizing-optimizer", name: "reader", options: given, key: "sizing.optimizer" }]);
  const given = { policy, libraries: [{ file, corner: file }], cache: folder };
  expect(await contents({ cache: folder })).toEqual({});
  expect(await contents(given)).toEqual({ [policy]: "missing", [file]: "missing" });
  await mkdir(join(policy, "weights"), { recursive: true });
  await writeFile(join(policy, "weights", "one"), "1");
  await writeFile(file, "1");
  const before = await contents(given);
  await writeFile(file, "2");
  await writeFile(join(policy, "weights", "one"), "2");
  const after = await contents(given);
  for (const path of [policy, file]) expect(after[path]).not.toBe(before[path]);
  await writeFile(join(policy, "weights", "one"), "1");
  expect((await contents(given))[policy]).toBe(before[policy]);
});
