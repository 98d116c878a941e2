import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const example = fileURLToPath(new URL("../../../examples/current-mirror/topogenie.config.yaml", import.meta.url));
const source = fileURLToPath(new URL("../../create-plugin/templates/circuit-family/src/", import.meta.url));

/** A budget to be seen in seconds. */
const small = [
  "train.steps=80",
  "encode.walks=10",
  "generate.attempts=12",
  "sizing.candidates=2",
  "sizing.screening=8",
  "sizing.simulations=24",
];

describe("the example family outside packages/", () => {
  it("imports nothing of the project but core", async () => {
    for (const file of await readdir(source)) {
      const imports = [...(await readFile(join(source, file), "utf8")).matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
      for (const name of imports) expect(name).toMatch(/^(\.\/|@topogenie\/core$|zod$)/);
    }
  });

  it("is found by a relative path in a config, trained on, verified and sized", { timeout: 240_000 }, async () => {
    const folder = await emptyFolder({});
    const sets = small.flatMap((value) => ["--set", value]);
    const finished = await run(folder, "discover", relative(folder, example), "--runs", "runs", "--workers", "1", ...sets);
    expect(finished.stderr).toMatch(/candidates sized/);
    expect(finished.code).toBe(0);
    const report = await readFile(join(folder, "runs/current-mirror/report.html"), "utf8");
    expect(report).toContain("current-mirror");
  });
});
