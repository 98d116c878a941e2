import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const config = `
corpus:
  families:
    - { name: opamp, options: { departures: 4 }, atMost: 40 }
    - cmos-logic
`;

async function circuitsOfRun(...args: readonly string[]): Promise<readonly { family: string; title: string }[]> {
  const folder = await emptyFolder({ "topogenie.config.yaml": config });
  const { code, stderr } = await run(folder, "discover", "--tag", "a", "--to", "corpus", ...args);
  expect(stderr).not.toMatch(/Error/);
  expect(code).toBe(0);
  const lines = await readFile(join(folder, "runs/a/1-corpus/circuits.jsonl"), "utf8");
  return lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { family: string; title: string });
}

it("draws so many of a family's seeds by the run's seed, with the family's options, and all of the others", async () => {
  const circuits = await circuitsOfRun();
  const titles = (of: typeof circuits): string[] => of.filter(({ family }) => family === "opamp").map(({ title }) => title);
  expect(titles(circuits)).toHaveLength(40);
  expect(circuits.length).toBeGreaterThan(240);
  expect(await circuitsOfRun()).toEqual(circuits);
  expect(titles(await circuitsOfRun("--seed", "2"))).not.toEqual(titles(circuits));
});

it("says which of the families' keys is wrong", async () => {
  const folder = await emptyFolder({
    "topogenie.config.yaml": "corpus: { families: [cmos-logic, { name: opamp, options: { departure: 4 } }] }\n",
  });
  const { code, stderr } = await run(folder, "discover", "--tag", "a", "--to", "corpus");
  expect(code).toBe(2);
  expect(stderr).toContain("corpus.families.1.options.departure: unknown key");
});
