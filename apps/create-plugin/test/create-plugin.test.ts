import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pluginKinds } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { pluginName } from "../src/plugin-name.js";
import { templates } from "../src/templates.js";
import { writePlugin } from "../src/write-plugin.js";

const bin = fileURLToPath(new URL("../bin/create-topogenie-plugin.js", import.meta.url));
const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "create-plugin-"));

function run(folder: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
}

async function textsIn(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}

describe("create-topogenie-plugin", () => {
  it.each(pluginKinds)("writes a %s under the name asked for, and leaves no word of the example's", async (kind) => {
    const folder = await emptyFolder();
    const { stdout, status } = run(folder, "--kind", kind, "--name", "@my-lab/quite-new", "--yes");
    expect(status).toBe(0);
    expect(stdout).toContain("npm run example");
    const target = join(folder, "topogenie-plugin-quite-new");
    const manifest = JSON.parse(await readFile(join(target, "package.json"), "utf8")) as Record<string, object>;
    expect(manifest.name).toBe("@my-lab/topogenie-plugin-quite-new");
    expect(manifest.peerDependencies).toHaveProperty("@topogenie/core");
    expect(manifest).not.toHaveProperty("dependencies");
    const texts = await textsIn(target);
    expect(texts).toContain('"quite-new"');
    expect(texts).not.toContain(`"${templates[kind].example}"`);
    expect(texts).not.toContain(`topogenie-plugin-${templates[kind].example}`);
  });

  it("takes the example's name where it may ask nothing", async () => {
    const folder = await emptyFolder();
    expect(run(folder, "--kind", "simulator", "--yes").status).toBe(0);
    expect(await readdir(folder)).toEqual(["topogenie-plugin-linear"]);
  });

  it("refuses a folder that holds something, and leaves it as it was", async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, "topogenie-plugin-mine"));
    await writeFile(join(folder, "topogenie-plugin-mine/notes.txt"), "do not touch");
    const { status, stderr } = run(folder, "--kind", "simulator", "--name", "mine");
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error FOLDER_EXISTS .*topogenie-plugin-mine is there already and not empty\. Choose another name, or/,
    );
    expect(await readdir(join(folder, "topogenie-plugin-mine"))).toEqual(["notes.txt"]);
  });

  it("refuses a folder where nothing can be written, and leaves nothing behind", async () => {
    await expect(writePlugin("simulator", "mine", "/proc/nowhere/mine")).rejects.toMatchObject({ code: "FOLDER_NOT_WRITABLE" });
    const folder = await emptyFolder();
    await writeFile(join(folder, "file"), "");
    const { status, stderr } = run(folder, "--kind", "simulator", "--name", "mine", "--folder", "file/mine");
    expect(status).toBe(2);
    expect(stderr).toMatch(/FOLDER_NOT_WRITABLE .*cannot be written: .*choose one with --folder/);
    expect(await readdir(folder)).toEqual(["file"]);
  });

  it.each([
    [["--kind", "simulato", "--yes"], /OPTION_INVALID --kind: there is no kind "simulato"\. Did you mean "simulator"\?/],
    [["--kin", "simulator"], /OPTION_INVALID Unknown option '--kin'.*--help lists/],
    [["--kind", "simulator", "--name", "Not A Name"], /NAME_INVALID "Not A Name" cannot be a plugin's name\. Write lower case/],
    [["--name", "mine"], /OPTION_INVALID Nothing can be asked here: give --kind/],
  ])("refuses %j", async (args, says) => {
    const folder = await emptyFolder();
    const { status, stderr } = run(folder, ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(await readdir(folder)).toEqual([]);
  });
});

// util-linux's `script` gives a pseudo-terminal.
describe.skipIf(process.platform !== "linux")("asked in a terminal", () => {
  /** Types what belongs to each text as it appears; resolves with all that was shown and the exit code. */
  async function typed(folder: string, ...keys: readonly (readonly [shown: string, keys: string])[]) {
    const command = `stty rows 24 cols 100; exec ${process.execPath} ${bin}`;
    const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: folder, env: { ...process.env, TERM: "xterm" } });
    const left = [...keys];
    let [said, read] = ["", 0];
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [next] = left;
      const at = next === undefined ? -1 : said.indexOf(next[0], read);
      if (next === undefined || at < 0) return;
      read = said.length;
      left.shift();
      child.stdin.write(next[1]);
    });
    const [code] = (await once(child, "close")) as [number];
    return { said, code };
  }

  it("takes a kind and a name, and asks again for a name that cannot be", async () => {
    const folder = await emptyFolder();
    const { said, code } = await typed(
      folder,
      ["to navigate", "\u001b[B\u001b[B\r"],
      ["What is it called?", "Not A Name\r"],
      ["cannot be a plugin's name", "\u0015mine\r"],
    );
    expect(said).toContain("Tokenization scheme (depth first)");
    expect(said).toContain("npm run example");
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual(["topogenie-plugin-mine"]);
  });

  it("writes nothing when it is given up", async () => {
    const folder = await emptyFolder();
    const { said, code } = await typed(folder, ["to navigate", "\r"], ["What is it called?", "\u0003"]);
    expect(said).toContain("Nothing was written.");
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("names", () => {
  it.each([
    ["x", "topogenie-plugin-x", "x", "x"],
    ["topogenie-plugin-hill-climber", "topogenie-plugin-hill-climber", "hill-climber", "hill-climber"],
    ["@org/x", "@org/topogenie-plugin-x", "@org/x", "x"],
    ["@org/topogenie-plugin-x", "@org/topogenie-plugin-x", "@org/x", "x"],
  ])("%s", (typed, packaged, specifier, thing) => {
    expect(pluginName(typed)).toEqual({ package: packaged, specifier, thing });
  });

  it.each(["", "X", "a b", "-a", "a-", "../up", "@/x", "@org", "é", "a".repeat(300)])("refuses %j", (typed) => {
    expect(() => pluginName(typed)).toThrow(/NAME|cannot be a plugin's name|longer than/);
  });
});
