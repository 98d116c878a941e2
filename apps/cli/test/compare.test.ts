import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const config = `
tag: two
simulations: 24
repeats: 2
batch: 8
optimizers:
  random: { optimizer: random }
  ga: { optimizer: ga, options: { population: 8 } }
problems:
  pair: { family: opamp, seed: opamp-42 }
`;

describe("compare", () => {
  it("sizes every circuit with every optimizer, and goes on after it was stopped as if it had not been", async () => {
    const folder = await emptyFolder({ "compare.yaml": config });
    const { code, stdout, stderr } = await run(folder, "compare", "compare.yaml");
    expect(stderr).toContain("4 sizings of 24 simulations");
    expect(code).toBe(0);
    expect(stdout).toMatch(/random\s+[\d.]+\s+\d of 2\s+\d of 2/);
    const path = join(folder, "runs/two");
    const files = ["comparison.json", "report.html", "trials.csv", "progress.csv", "trials.parquet"];
    expect(await readdir(path)).toEqual(expect.arrayContaining(files));
    const before = await Promise.all(files.map((file) => readFile(join(path, file))));

    // Parquet holds what the table holds.
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(path, "trials.parquet")) });
    expect(rows.map((row) => [row.optimizer, row.repeat, row.simulations] as unknown[])).toEqual([
      ["random", 1, 24],
      ["ga", 1, 24],
      ["random", 2, 24],
      ["ga", 2, 24],
    ]);
    expect(before[2]?.toString().split("\n")[1]).toContain(`pair,random,1,24,`);

    const again = await run(folder, "compare", "compare.yaml");
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("RUN_EXISTS");

    // One trial was killed in the middle: its record is gone, and half of its journal.
    const trials = join(path, "trials/pair/ga");
    await rm(join(trials, "2.json"));
    const journal = (await readdir(trials)).find((file) => file.startsWith("2-")) ?? "";
    const lines = (await readFile(join(trials, journal), "utf8")).split("\n");
    await writeFile(join(trials, journal), `${lines.slice(0, 10).join("\n")}\n{"torn`);
    expect((await run(folder, "compare", "compare.yaml", "--resume")).code).toBe(0);
    expect(await Promise.all(files.map((file) => readFile(join(path, file))))).toEqual(before);
  });

  it.each([
    ["--set=optimizers.ga.optimizer=gaa", /Did you mean "ga"/],
    ["--set=problems.pair.seed=opamp-x", /problems\.pair: opamp has no seed topology "opamp-x"/],
    ["--set=problems.pair.netlist=a.cir", /problems\.pair: give its circuit by either seed or netlist/],
    ["--set=baseline=annealing", /baseline: there is no "annealing" under optimizers/],
    ["--set=simulation=3", /simulation: unknown key\. Did you mean "simulations"/],
  ])("refuses %s before anything is simulated", async (wrong, message) => {
    const folder = await emptyFolder({ "compare.yaml": config });
    const { code, stderr } = await run(folder, "compare", "compare.yaml", wrong);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
