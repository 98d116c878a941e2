import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { optimizerPlugin, pluginFolder } from "./plugin-fixture.js";

const core = fileURLToPath(import.meta.resolve("@topogenie/core"));

/** About half a megabyte of small objects. */
const objects = "Array.from({ length: 4000 }, (_, id) => ({ id, x: [id, id + 1, id + 2] }))";
/** Twenty megabytes, in which the newest take the place of the oldest. */
const replace = `while (kept.push(${objects}) < 40); kept.shift()`;

/** A plugin with an optimizer that does something whenever it is told of an evaluation. */
function optimizer(name: string, told: string, before = ""): string {
  const able = `name: "x", capabilities: () => ({ multiObjective: false, learns: false, evaluations: "hundreds" })`;
  const study = `{ ask: () => [{ id: 0, x: Float64Array.of(0.5) }], tell() { ${told} }, state: () => 0, best: undefined }`;
  return `${before};\nconst kept = [];\n${optimizerPlugin(name, { [name]: `() => ({ ${able}, start: () => (${study}) })` })}`;
}

interface Parts {
  readonly files: Readonly<Record<string, string>>;
  /** Of the plugin "hoard", beside which another makes much and keeps nothing. */
  readonly specifier: string;
  /** What the program itself does in each round. */
  readonly own?: string;
  readonly rounds?: number;
}

/**
 * What a program of two plugins that may hold 96 MB is warned of until half a second after the first warning, or until its rounds
 * have ended. Its memory grows by some 7 MB a second.
 */
async function warnedOf({ files, specifier, own = "", rounds = 1e9 }: Parts): Promise<string[]> {
  const folder = await pluginFolder({ ...files, "tidy.mjs": optimizer("tidy", objects) });
  await writeFile(join(folder, "package.json"), `{ "name": "hoard", "version": "1.0.0", "main": "./dist/index.mjs" }`);
  await mkdir(join(folder, "dist"), { recursive: true });
  await writeFile(join(folder, "dist", "package.json"), `{ "type": "module" }`);
  await writeFile(
    join(folder, "main.mjs"),
    `import { createRng, PluginHost } from ${JSON.stringify(core)};
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    let last = Infinity;
    const warn = (message) => { console.log(message); last = performance.now() + 500; };
    const host = await PluginHost.load({
      sources: [{ specifiers: ["${specifier}", "./tidy.mjs"], folder: ${JSON.stringify(folder)}, file: "config" }],
      seed: 1, workers: 1, workDirectory: ".", logger: { debug() {}, info() {}, warn }, signal: new AbortController().signal,
    });
    const problem = { dimensions: [{ name: "x" }], objectives: ["f"], budget: 1e9, initial: [] };
    const studies = [];
    for (const name of ["hoard", "tidy"]) {
      studies.push((await host.create("sizing-optimizer", name, {}, "sizing.optimizer")).start(problem, createRng(1)));
    }
    const own = [];
    while (own.length < 55) own.push(${objects});
    for (let round = 0; round < ${rounds} && performance.now() < last; round++) {
      for (const study of studies) {
        study.tell(study.ask(1).map(({ id, x }) => ({ id, x, objectives: [1], violation: 0 })));
      }
      ${own};
      await sleep(70);
    }
    await host.dispose();`,
  );
  const child = spawn(process.execPath, ["--max-old-space-size=96", join(folder, "main.mjs")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  expect(await once(child, "close")).toEqual([0, null]);
  return said.split("\n").filter((line) => line !== "");
}

describe.concurrent("a process whose memory fills up", { timeout: 60_000 }, () => {
  it.each([
    ["a module", "./hoard.ts", { "hoard.ts": optimizer("hoard", `kept.push(${objects})`) }, /tell \(hoard\.ts:\d+\)/],
    [
      "a package, long after the call that led to it",
      ".",
      {
        "dist/index.mjs": optimizer("hoard", "setTimeout(keep, 10)", 'import { keep } from "../keep.mjs"'),
        "keep.mjs": `const kept = []; export function keep() { kept.push(${objects}); }`,
      },
      /keep \(keep\.mjs:\d+\)/,
    ],
  ])("is warned once, before the end, of the plugin that fills it: %s", async (_, specifier, files, place) => {
    const [warning, ...more] = await warnedOf({ files, specifier });
    expect(warning).toMatch(/^Plugin hoard fills the memory: \d+ of the \d+ MB by which .* were made by it, most of them in /);
    expect(warning).toMatch(place);
    expect(warning).toMatch(/ \d+ of 96 MB \([5-7]\d %\) are in use.* raise the limit: NODE_OPTIONS=--max-old-space-size=192\. /);
    expect(more).toEqual([]);
  });

  it("is warned of no plugin where others fill it, not even of one that makes much in place of what it held", async () => {
    const files = { "hoard.mjs": optimizer("hoard", replace) };
    const [warning, ...more] = await warnedOf({ files, specifier: "./hoard.mjs", own: `own.push(${objects})` });
    expect(warning).toMatch(/^Memory runs short\. \d+ of 96 MB \(7\d %\) are in use/);
    expect(more).toEqual([]);
  });

  it("is warned of nothing where it goes on holding as much", async () => {
    const files = { "hoard.mjs": optimizer("hoard", replace) };
    expect(await warnedOf({ files, specifier: "./hoard.mjs", rounds: 60 })).toEqual([]);
  });
});
