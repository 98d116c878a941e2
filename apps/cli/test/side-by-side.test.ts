import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const stage = (name: string, load: string, ...nets: string[]): unknown => ({
  id: name,
  source: "test",
  family: "opamp",
  circuit: {
    name,
    ports: ["VSS", "VDD", "VIN1", "VOUT1"],
    devices: [
      { name: "M", type: "nmos4", nets: ["VOUT1", "VIN1", "VSS", "VSS"], values: {} },
      { name: "L", type: load, nets, values: {} },
    ],
  },
});
const lines = (...entries: readonly unknown[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
const resistive = stage("by hand", "resistor", "VDD", "VOUT1");
const active = stage("diode-loaded", "pmos4", "VOUT1", "VOUT1", "VDD", "VDD");

describe("side-by-side", () => {
  it("sizes the best of both origins alike, leaves out what was copied, and goes on where it was", async () => {
    const folder = await emptyFolder({
      "humans.jsonl": lines(resistive),
      "generated.jsonl": lines(active, { ...(resistive as object), id: "copy" }),
    });
    const budget = ["--candidates", "2", "--screening", "6", "--simulations", "10", "--set", "sizing.batch=6"];
    const args = ["--json", "side-by-side", "generated.jsonl", "--humans", "humans.jsonl", "--families", "opamp,ldo", ...budget];
    const { code, stdout, stderr } = await run(folder, ...args);
    expect(stderr).not.toContain("error");
    expect(code).toBe(0);
    interface Side {
      readonly origin: string;
      readonly fitting: number;
      readonly best?: { readonly name: string; readonly simulations: number };
    }
    const { families } = JSON.parse(stdout) as { families: readonly { family: string; sides: readonly Side[] }[] };
    const found = families.map(({ family, sides }) => [
      family,
      ...sides.map(({ origin, fitting, best }) => [origin, fitting, best?.name]),
    ]);
    expect(found).toEqual([
      ["opamp", ["generated", 1, "diode-loaded"], ["human-designed", 1, "by hand"]],
      ["ldo", ["generated", 0, undefined], ["human-designed", 0, undefined]],
    ]);
    expect(families[0]?.sides.map(({ best }) => best?.simulations)).toEqual([10, 10]);
    const report = join(folder, "runs/side-by-side/report.html");
    const before = await readFile(report, "utf8");
    expect(before.match(/class="schematic"/g)).toHaveLength(2);

    expect((await run(folder, ...args)).stderr).toContain("RUN_EXISTS");
    expect((await run(folder, ...args, "--resume")).code).toBe(0);
    expect(await readFile(report, "utf8")).toBe(before);
  }, 120_000);
});
