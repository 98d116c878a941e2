import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const core = JSON.stringify(fileURLToPath(import.meta.resolve("@topogenie/core")));
const zod = JSON.stringify(fileURLToPath(import.meta.resolve("zod")));

/** A resistor that is good, or has something wrong. */
const plugin = (change: string): string => `
import { definePlugin, provide } from ${core};
import { z } from ${zod};
const pins = [{ name: "P", title: "One end" }, { name: "N", title: "The other" }];
const type = {
  name: "shunt", tokenPrefix: "SHUNT", spiceLetter: "r", title: "Shunt", pins, interchangeablePins: [], conduction: [["P", "N"]],
  parameters: [{ name: "r", title: "Resistance", unit: "ohm", minimum: 1, maximum: 1e6, scale: "log", default: 1e3 }],
  models: [], toSpice: ({ name, nodes, values }) => [{ kind: "resistor", name, nodes, values }],
  symbol: { width: 20, height: 40, pins: { P: { x: 10, y: 0, side: "north" }, N: { x: 10, y: 40, side: "south" } }, strokes: ["M10 0 V40"], fills: [] },
  ${change}
};
export default definePlugin({ apiVersion: 1, name: "topogenie-plugin-shunt", version: "1.2.3", provides: [
  provide({ kind: "device-type", name: "shunt", description: "", options: z.strictObject({}), create: () => type }),
] });
`;

describe("topogenie plugins check", () => {
  it("says what a good plugin promises and needs, and ends with 0", async () => {
    const manifest = JSON.stringify({
      name: "p",
      type: "module",
      exports: "./plugin.mjs",
      peerDependencies: { "@topogenie/core": "^0.1.0" },
    });
    const folder = await emptyFolder({ "plugin.mjs": plugin(""), "package.json": manifest });
    const { code, stdout, stderr } = await run(folder, "plugins", "check", ".");
    expect(stderr).toContain("topogenie-plugin-shunt@1.2.3");
    expect(stderr).toContain("needs @topogenie/core ^0.1.0");
    expect(stderr).toContain("keeps shunt: has pins that are told apart");
    expect(stdout).toMatch(/topogenie-plugin-shunt: (\d+) of \1 promises kept/);
    expect(code).toBe(0);
  });

  it("says which promise is broken, by what and where it is explained, and ends with 2", async () => {
    const folder = await emptyFolder({ "plugin.mjs": plugin('tokenPrefix: "shunt",') });
    const { code, stdout, stderr } = await run(folder, "plugins", "check", "./plugin.mjs", "--json");
    expect(stderr).toMatch(
      /fails shunt: is named so that netlists and tokens can hold it\n +tokenPrefix "shunt" must be upper case/,
    );
    expect(stderr).toContain("docs/plugins/device-type.md#names");
    expect(stderr).toContain("PLUGIN_CHECK_FAILED topogenie-plugin-shunt breaks 1 of");
    expect(code).toBe(2);
    expect(stdout.split("\n")[0]).toContain('"provides"');
  });

  it("says what is wrong with something that is no plugin", async () => {
    const { code, stderr } = await run(await emptyFolder(), "plugins", "check", "no-such-plugin");
    expect(code).toBe(2);
    expect(stderr).toMatch(/PLUGIN_MISSING .*npm install topogenie-plugin-no-such-plugin/);
  });

  it("a plugin that leaves something running does not keep the command, and is named", { timeout: 60_000 }, async () => {
    const child = `spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })`;
    const folder = await emptyFolder({
      "plugin.mjs": `${plugin("")}\nimport { spawn } from "node:child_process";\nsetInterval(() => {}, 1000); ${child};`,
      "topogenie.config.yaml": "plugins: [./plugin.mjs]\n",
    });
    // The command's output ends only when the child process does, which has inherited it.
    const { code, stderr } = await run(folder, "plugins", "topogenie.config.yaml");
    expect(stderr).toMatch(/Plugin \.\/plugin\.mjs \(when it is loaded\) leaves open .*: 1 timer, 1 child process\./);
    expect(stderr).toMatch(
      /something still runs although the command is done; it is ended now\. Plugin \.\/plugin\.mjs \(when it is loaded\): 1 timer/,
    );
    expect(code).toBe(0);
  });
});
