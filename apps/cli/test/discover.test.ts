import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, run, start } from "./command.js";

const amplifiers = `
.subckt n_input VDD VSS VIN1 VIN2 VOUT1 IB1
M1 n1 VIN1 t VSS nmos4
M2 VOUT1 VIN2 t VSS nmos4
M3 n1 n1 VDD VDD pmos4
M4 VOUT1 n1 VDD VDD pmos4
M5 t IB1 VSS VSS nmos4
M6 IB1 IB1 VSS VSS nmos4
.ends
.subckt p_input VDD VSS VIN1 VIN2 VOUT1 IB1
M1 n1 VIN1 t VDD pmos4
M2 VOUT1 VIN2 t VDD pmos4
M3 n1 n1 VSS VSS nmos4
M4 VOUT1 n1 VSS VSS nmos4
M5 t IB1 VDD VDD pmos4
M6 IB1 IB1 VDD VDD pmos4
.ends
`;

/** Every stage for real, on as little as lets some circuits pass the ladder and be sized. */
const config = `
seed: 3
corpus: { families: [], imports: [amplifiers.cir] }
encode: { walks: 8, validation: 0, options: { walk: depth-first, deviceNumbers: visit } }
train:
  model: { layers: 2, heads: 2, width: 64, context: 160, norm: rms, positions: rotary, qkNorm: true }
  steps: 150
  schedule: { peak: 0.005 }
  checkpointEvery: 40
generate: { attempts: 16, rows: 8 }
sizing:
  rung: simulatable
  candidates: 2
  screening: 8
  circuits: 1
  simulations: 24
  batch: 8
  options: { population: 8 }
`;

let folder: string;
let uninterrupted: string;

beforeAll(async () => {
  folder = await emptyFolder({ "topogenie.config.yaml": config, "amplifiers.cir": amplifiers });
  const finished = await run(folder, "discover", "--tag", "run", "--runs", "whole", "--workers", "1");
  expect(finished.stderr).toMatch(/1 of \d+ candidates sized/);
  expect(finished.code).toBe(0);
  uninterrupted = await report("whole");
}, 180_000);

describe("discover", () => {
  it("writes a report and says where it is and what to try next", async () => {
    expect(uninterrupted).toMatch(/^<!doctype html>/i);
    expect(await readdir(join(folder, "whole/run"))).toEqual(
      expect.arrayContaining(["resolved.json", "journal.jsonl", "1-corpus", "6-size", "report.html"]),
    );
    const again = await run(folder, "discover", "--tag", "run", "--runs", "whole", "--resume");
    expect(again.stdout).toContain("Every stage was done already.");
    expect(again.stdout).toContain("Report: whole/run/report.html");
    expect(again.stdout).toContain("What to try next:");
  });

  it("gives the same report on any number of workers", async () => {
    const finished = await run(folder, "discover", "--tag", "run", "--runs", "workers", "--workers", "2");
    expect(finished.code).toBe(0);
    expect(await report("workers")).toBe(uninterrupted);
  }, 180_000);

  it("does not touch a run that is there already unless it is told to", async () => {
    const finished = await run(folder, "discover", "--tag", "run", "--runs", "whole");
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain("RUN_EXISTS");
    expect(finished.stderr).toContain("--resume");
  });

  it("does again only what a changed config touches", async () => {
    const finished = await run(
      folder,
      "discover",
      "--tag",
      "run",
      "--runs",
      "workers",
      "--resume",
      "--json",
      "--set",
      "sizing.simulations=16",
    );
    expect(finished.code).toBe(0);
    const { stages } = JSON.parse(finished.stdout) as { stages: { name: string }[] };
    expect(stages.map(({ name }) => name)).toEqual(["size", "report"]);
  }, 120_000);

  it("refuses a stage whose input is not there, and says which command makes it", async () => {
    const finished = await run(folder, "generate", "--tag", "empty");
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('Stage "generate" reads what "corpus" writes, but "corpus" is not done');
  });
});

describe("a run that is killed at any moment", () => {
  it.each([
    "Write circuits as sentences",
    "Train the language model",
    "Write new circuits",
    "Verify every circuit",
    "Size the best circuits",
  ])(
    "during «%s» is resumed to the same report",
    async (title) => {
      const runs = title.replaceAll(" ", "-");
      const first = start(folder, "discover", "--tag", "run", "--runs", runs);
      await first.said(title);
      await new Promise((resolve) => setTimeout(resolve, 400));
      first.kill("SIGKILL");
      expect((await first.finished).signal).toBe("SIGKILL");
      const resumed = await run(folder, "discover", "--tag", "run", "--runs", runs, "--resume");
      expect(resumed.code).toBe(0);
      expect(await report(runs)).toBe(uninterrupted);
    },
    180_000,
  );

  it("by Ctrl-C stops within a second, says how to go on, and goes on", async () => {
    const first = start(folder, "discover", "--tag", "run", "--runs", "interrupted");
    await first.said("Train the language model");
    const asked = performance.now();
    first.kill("SIGINT");
    const { code, stderr } = await first.finished;
    expect(performance.now() - asked).toBeLessThan(1500);
    expect(code).toBe(130);
    expect(stderr).toContain("--resume");
    expect((await run(folder, "discover", "--tag", "run", "--runs", "interrupted", "--resume")).code).toBe(0);
    expect(await report("interrupted")).toBe(uninterrupted);
  }, 180_000);
});

function report(runs: string): Promise<string> {
  return readFile(join(folder, runs, "run/report.html"), "utf8");
}
