import { createRng, silentLogger } from "@topogenie/core";
import { afterEach, describe, expect, it } from "vitest";
import { loadHost, optimizerPlugin, pluginFolder, pluginOf } from "./plugin-fixture.js";

const able = `name: "x", capabilities: () => ({ multiObjective: false, learns: false, evaluations: "hundreds" })`;
const capabilities = `{ engine: "e", version: "1", analyses: ["op"], elements: ["resistor"], workers: 1, notes: [] }`;
const deck = `{ title: "", elements: [], models: [] }`;

/** What leaking plugins leave; ended after each test, since a test runner wants to end too. */
const kept: (() => unknown)[] = [];
Object.assign(globalThis, { kept });
afterEach(() => {
  for (const end of kept.splice(0)) end();
});

/** What the host warns of when it has made and disposed of these optimizers. */
async function warnedOf(plugins: Readonly<Record<string, Readonly<Record<string, string>>>>, before = ""): Promise<string[]> {
  const names = Object.keys(plugins);
  const files = Object.entries(plugins).map(([name, things]) => [`${name}.mjs`, `${before}\n${optimizerPlugin(name, things)}`]);
  const folder = await pluginFolder(Object.fromEntries(files) as Record<string, string>);
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => warnings.push(message) };
  const host = await loadHost(
    folder,
    names.map((name) => `./${name}.mjs`),
    { logger },
  );
  const things = Object.values(plugins).flatMap((things) => Object.keys(things));
  // At work at the same time.
  const made = await Promise.all(things.map((name) => host.create("sizing-optimizer", name, {}, "sizing.optimizer")));
  for (const optimizer of made) optimizer.start({ dimensions: [], objectives: ["f"], budget: 1, initial: [] }, createRng(1));
  await new Promise((done) => setTimeout(done, 100));
  await host.dispose();
  return warnings;
}

const imports = `
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { Worker } from "node:worker_threads";
const nap = () => new Promise((done) => setTimeout(done, 5));
`;

describe("what a plugin leaves open", () => {
  it("is said with the plugin's name, whichever others are at work", { timeout: 20_000 }, async () => {
    const warnings = await warnedOf(
      {
        timely: {
          // Opened long after the call that led to it.
          late: `() => ({ ${able}, start: () => { void nap().then(nap).then(() => { const t = setInterval(() => {}, 1e6); kept.push(() => clearInterval(t)); }); return {}; } })`,
        },
        threaded: {
          thread: `async () => { await nap(); const w = new Worker("setInterval(() => {}, 1000)", { eval: true }); kept.push(() => w.terminate()); return { ${able}, start: () => ({}) }; }`,
          child: `async () => { const c = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }); kept.push(() => c.kill()); return { ${able}, start: () => ({}) }; }`,
          server: `async () => { const s = createServer(); await new Promise((done) => s.listen(0, done)); kept.push(() => s.close()); return { ${able}, start: () => ({}) }; }`,
        },
      },
      imports,
    );
    expect(warnings.map((text) => text.split(". ")[0]).sort()).toEqual([
      'Plugin threaded, sizing-optimizer "child" leaves open what keeps the process running: 1 child process',
      'Plugin threaded, sizing-optimizer "server" leaves open what keeps the process running: 1 server',
      'Plugin threaded, sizing-optimizer "thread" leaves open what keeps the process running: 1 worker thread',
      'Plugin timely, sizing-optimizer "late" leaves open what keeps the process running: 1 timer',
    ]);
  });

  it("is said when it is opened while the plugin is loaded", { timeout: 20_000 }, async () => {
    const before = "const t = setInterval(() => {}, 1e6); kept.push(() => clearInterval(t));";
    const [warning] = await warnedOf({ eager: { x: `() => ({ ${able}, start: () => ({}) })` } }, before);
    expect(warning).toMatch(
      /^Plugin \.\/eager\.mjs \(when it is loaded\) leaves open .*: 1 timer\. This is a defect of the plugin/,
    );
  });

  it("is nothing where it was closed, has ended by itself or keeps nothing running", { timeout: 20_000 }, async () => {
    const warnings = await warnedOf(
      {
        tidy: {
          a: `async () => {
            const timer = setInterval(() => {}, 1e6);
            const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
            const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "pipe" });
            const server = createServer();
            await new Promise((done) => server.listen(0, done));
            new Worker("0", { eval: true });
            spawn(process.execPath, ["-e", "0"]);
            setInterval(() => {}, 1e6).unref();
            await nap();
            return { ${able}, start: () => ({}), async dispose() { clearInterval(timer); child.kill(); server.close(); await worker.terminate(); } };
          }`,
        },
      },
      imports,
    );
    expect(warnings).toEqual([]);
  });
});

describe("what a plugin opens of another and never closes", () => {
  const oracle = pluginOf("simulator", "oracle", {
    oracle: `() => ({ capabilities: () => (${capabilities}), open: async () => ({ run: async () => {}, close: async () => {} }), dispose: async () => {} })`,
  });
  const wrapper = (times: number, close: boolean): string =>
    pluginOf("simulator", "wrapper", {
      wrapper: `async (_, { use }) => {
        const inner = await use("simulator", "oracle", {});
        return { capabilities: () => (${capabilities}), dispose: async () => {},
          async open() {
            for (let time = 0; time < ${times}; time++) { const s = await inner.open(${deck}); ${close ? "await s.close(); await s.close();" : ""} }
            return { run: async () => {}, close: async () => {} };
          } };
      }`,
    });

  async function warnings(times: number, close: boolean, before: (said: readonly string[]) => void = () => undefined) {
    const folder = await pluginFolder({ "oracle.mjs": oracle, "wrapper.mjs": wrapper(times, close) });
    const said: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => said.push(message) };
    const host = await loadHost(folder, ["./oracle.mjs", "./wrapper.mjs"], { logger });
    const simulator = await host.create("simulator", "wrapper", {}, "simulator.engine");
    await simulator.open({ title: "", elements: [], models: [] });
    before([...said]);
    await host.dispose();
    return said;
  }

  it("is said when it is disposed of, with its name and not the other's", async () => {
    const said = await warnings(3, false);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^Plugin wrapper, simulator "wrapper" has opened .* 3 times: a session of simulator "oracle"\./);
    expect(await warnings(3, true)).toEqual([]);
  });

  it("is said during the run when it is very many", async () => {
    await warnings(1000, false, (said) => expect(said[0]).toContain("1000 times"));
  });
});
