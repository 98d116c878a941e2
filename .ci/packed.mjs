/**
 * What a stranger gets: every package is packed, checked as npm would publish it, and installed into an empty project outside
 * this repository together with a scaffolded plugin of each kind; then `topogenie discover` runs with them.
 *
 *   node .ci/packed.mjs [folder to work in, kept; a temporary one unless given]
 */
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = process.argv[2] === undefined ? await mkdtemp(join(tmpdir(), "topogenie-packed-")) : resolve(process.argv[2]);
const tarballs = join(work, "tarballs");
const project = join(work, "project");
const kinds = ["device-type", "circuit-family", "tokenization-scheme", "model-backend", "simulator", "sizing-optimizer"];
const tsc = join(project, "node_modules/typescript/bin/tsc");
const began = performance.now();

function say(text) {
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

/** Runs a command; throws with what it said unless it ends with the code expected. */
async function run(folder, command, args, expected = 0) {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) child[stream].on("data", (chunk) => (said[stream] += chunk));
  const code = await new Promise((done) => child.on("close", done));
  if (code !== expected) {
    throw new Error(`${command} ${args.join(" ")} ended with ${code}, not ${expected}:\n${said.stdout}\n${said.stderr}`);
  }
  return said;
}

function expectText({ stdout, stderr }, pattern) {
  if (!pattern.test(stdout + stderr)) throw new Error(`${pattern} was expected in:\n${stdout}\n${stderr}`);
}

const npm = (folder, ...args) => run(folder, "npm", [...args, "--no-audit", "--no-fund", "--prefer-offline"]);
const topogenie = (folder, args, expected = 0) =>
  run(folder, process.execPath, [join(project, "node_modules/topogenie/bin/topogenie.js"), ...args], expected);

async function packages() {
  const { workspaces } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const folders = [];
  for (const pattern of workspaces) {
    if (!pattern.endsWith("/*")) folders.push(pattern);
    else folders.push(...(await readdir(join(root, pattern.slice(0, -2)))).map((name) => pattern.slice(0, -1) + name));
  }
  const found = [];
  for (const folder of folders) {
    const text = await readFile(join(root, folder, "package.json"), "utf8").catch(() => undefined);
    if (text === undefined || JSON.parse(text).private === true) continue;
    const { name, exports } = JSON.parse(text);
    // A package of data has no module and no types.
    found.push({ folder, name, isCode: exports["."] !== undefined });
  }
  return found;
}

/** Packs folders; returns the tarball of each package by name. */
async function pack(folder, ...args) {
  const { stdout } = await run(folder, "npm", ["pack", "--json", "--pack-destination", tarballs, ...args]);
  return Object.fromEntries(Object.values(JSON.parse(stdout)).map(({ name, filename }) => [name, join(tarballs, filename)]));
}

/** Our packages are ES modules alone: what they are to `require` and to resolution without `exports` is not promised. */
const unpromised = new Set(["node10", "node16-cjs"]);

async function checkTarball(name, file, isCode = true) {
  const data = await readFile(file);
  const problems = [];
  const { messages } = await publint({
    pack: { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.length) },
    strict: true,
  });
  for (const message of messages) problems.push(`publint: ${formatMessage(message, {})}`);
  const analysis = isCode ? await checkPackage(createPackageFromTarballData(new Uint8Array(data))) : {};
  if (analysis.types === false) problems.push("attw: it has no types");
  for (const problem of analysis.problems ?? []) {
    if (!unpromised.has(problem.resolutionKind)) problems.push(`attw: ${JSON.stringify(problem)}`);
  }
  if (problems.length > 0) throw new Error(`${name} is not fit to publish:\n${problems.join("\n")}`);
}

async function installOurs(packed) {
  await mkdir(project, { recursive: true });
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({
      name: "stranger",
      private: true,
      type: "module",
      dependencies: Object.fromEntries(Object.entries(packed).map(([name, file]) => [name, `file:${file}`])),
      devDependencies: await toolVersions(),
    }),
  );
  // As the README says.
  await writeFile(join(project, ".npmrc"), "onnxruntime-node-install=skip\n");
  await npm(project, "install", "--ignore-scripts");
}

async function toolVersions() {
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { dependencies } = JSON.parse(await readFile(join(root, "packages/core/package.json"), "utf8"));
  const { typescript, vitest } = devDependencies;
  return { typescript, vitest, "@types/node": devDependencies["@types/node"], zod: dependencies.zod };
}

/** Each plugin's own example, as it is shipped and where it lies. */
async function examples() {
  for (const kind of kinds) {
    const folder = join(project, `topogenie-plugin-my-${kind}`);
    const said = await topogenie(folder, ["discover", "example/topogenie.config.yaml"]);
    expectText(said, /simulatable \d+/);
    say(`${kind}: its example runs`);
  }
}

/** A plugin of each kind, written by the installed command, compiled with its tests under strict, packed and installed. */
async function installStrangers() {
  const made = {};
  for (const kind of kinds) {
    const create = join(project, "node_modules/create-topogenie-plugin/bin/create-topogenie-plugin.js");
    await run(project, process.execPath, [create, "--kind", kind, "--name", `my-${kind}`, "--yes"]);
    const folder = join(project, `topogenie-plugin-my-${kind}`);
    // Checked below, all in one program.
    await run(folder, process.execPath, [tsc, "-p", "tsconfig.build.json", "--noCheck"]);
    Object.assign(made, await pack(folder, "--ignore-scripts"));
    say(`${kind}: scaffolded, compiled, packed`);
  }
  const include = kinds.flatMap((kind) => [`topogenie-plugin-my-${kind}/src`, `topogenie-plugin-my-${kind}/test`]);
  await writeFile(
    join(project, "strangers.json"),
    JSON.stringify({ extends: "./topogenie-plugin-my-simulator/tsconfig.json", include }),
  );
  await run(project, process.execPath, [tsc, "-p", "strangers.json"]);
  say("all of them, with their tests, work under strict");
  for (const [name, file] of Object.entries(made)) await checkTarball(name, file);
  await npm(project, "install", "--ignore-scripts", ...Object.values(made));
}

/** Types of every entry under strict, declarations included. */
async function checkTypes(names) {
  const imports = [...names.filter((name) => !/^(topogenie|create-topogenie-plugin)$/.test(name)), "@topogenie/core/testing"];
  const lines = imports.map((name, index) => `import * as p${index} from ${JSON.stringify(name)};`);
  await writeFile(
    join(project, "types.ts"),
    `${lines.join("\n")}\nexport const all: readonly object[] = [${imports.map((_, index) => `p${index}`).join(", ")}];\n`,
  );
  const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2023", "--types", "node", "--skipLibCheck"];
  await run(project, process.execPath, [tsc, ...options, "types.ts"]);
}

/** Five kinds in one run; the sixth, which knows linear elements alone, has its example. */
const together = `
seed: 1
workers: 1
plugins: [my-device-type, my-circuit-family, my-tokenization-scheme, my-model-backend, my-sizing-optimizer]
corpus: { families: [my-circuit-family] }
encode: { scheme: my-tokenization-scheme, walks: 20, validation: 0 }
train: { backend: my-model-backend, model: { layers: 1, heads: 2, width: 32, context: 96 }, steps: 60 }
generate: { attempts: 8, rows: 8, temperature: 0.3 }
sizing: { family: my-circuit-family, optimizer: my-sizing-optimizer, rung: simulatable, candidates: 1, screening: 4, circuits: 1, simulations: 8 }
`;

async function discover() {
  await writeFile(join(project, "all.config.yaml"), together);
  const said = await topogenie(project, ["discover", "all.config.yaml", "--tag", "all", "--runs", "runs"]);
  expectText(said, /simulatable/);
  const report = await readFile(join(project, "runs/all/report.html"), "utf8");
  if (!/^<!doctype html>/i.test(report)) throw new Error("the run with all of them left no report");
  say(`discover with all of them: ${/simulatable \d+/.exec(said.stderr)?.[0] ?? ""} of 8`);
}

/** The text of a plugin that has copies of its own of what it should share. */
const selfish = (zod) => `
import { definePlugin, provide } from "@topogenie/core";
import { z } from ${JSON.stringify(zod)};
const capabilities = () => ({ multiObjective: false, learns: false, evaluations: "hundreds" });
export default definePlugin({ apiVersion: 1, name: "topogenie-plugin-selfish", version: "1.0.0", provides: [provide({
  kind: "sizing-optimizer", name: "selfish", description: "", options: z.object({ step: z.number().default(1) }),
  create: () => ({ name: "selfish", capabilities, start() {} }) })] });
`;

async function copies() {
  const folder = join(project, "selfish");
  const say2 = async (config, expected) => topogenie(folder, ["plugins", config], expected);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "config.yaml"), "plugins: [./plugin.js]\n");
  await writeFile(join(folder, "plugin.js"), selfish("zod/v3"));
  expectText(await say2("config.yaml", 2), /PLUGIN_ZOD_VERSION .*schema of zod 3.*peerDependencies/s);
  say("a schema of zod 3: a clear error");
  await cp(join(project, "node_modules/zod"), join(folder, "node_modules/zod"), { recursive: true });
  await writeFile(join(folder, "plugin.js"), selfish("zod"));
  expectText(await say2("config.yaml", 0), /selfish/);
  say("a second copy of zod 4: works");
  await cp(join(project, "node_modules/@topogenie/core"), join(folder, "node_modules/@topogenie/core"), { recursive: true });
  expectText(await say2("config.yaml", 2), /PLUGIN_CORE_COPY .*another copy of @topogenie\/core.*npm dedupe/s);
  say("a second copy of core: a clear error");
}

await mkdir(tarballs, { recursive: true });
const ours = await packages();
const packed = await pack(root, ...ours.flatMap(({ folder }) => ["-w", folder]));
say(`${Object.keys(packed).length} packages packed`);
for (const { name, isCode } of ours) await checkTarball(name, packed[name], isCode);
say("publint and attw find nothing");
await installOurs(packed);
say("installed into an empty project");
await checkTypes(ours.filter(({ isCode }) => isCode).map(({ name }) => name));
say("types of every package work under strict");
await installStrangers();
say("a plugin of each kind installed");
const checked = await topogenie(project, ["plugins", "check", "my-device-type"]);
expectText(checked, /(\d+) of \1 promises kept/);
say("plugins check: every promise of the installed device type is kept");
await examples();
await discover();
await copies();
if (process.argv[2] === undefined) await rm(work, { recursive: true });
say("done");
