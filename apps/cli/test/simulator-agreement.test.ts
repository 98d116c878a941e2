import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const dataset =
  process.env.TOPOGENIE_DATASET ?? fileURLToPath(new URL("../../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));
const script = fileURLToPath(new URL("../../../benchmarks/simulator/agreement.mjs", import.meta.url));

function ngspiceIsInstalled(): boolean {
  try {
    execFileSync("ngspice", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const lacks = [
  ...(existsSync(dataset) ? [] : ["the dataset: set TOPOGENIE_DATASET to a copy"]),
  ...(ngspiceIsInstalled() ? [] : ["ngspice: apt-get install ngspice"]),
];

it.skipIf(lacks.length > 0)(
  `both engines agree to 1e-6 on 200 circuits: operating point, ac and transient${lacks.length > 0 ? ` (needs ${lacks.join("; ")})` : ""}`,
  async () => {
    const printed = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, [script, dataset, "200"], (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(stdout + stderr));
      });
    });
    expect(printed).toContain("200 circuits compared");
    expect(printed).toContain("further apart than 0.000001: 0");
    // Those that no engine could repeat are the exception.
    expect(Number(/left out: (\d+)/.exec(printed)?.[1])).toBeLessThanOrEqual(10);
  },
  240_000,
);
