import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ExperimentSummary } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const base = `
corpus: { families: [opamp], maximumDevices: 6 }
encode: { scheme: netlist, walks: 2 }
train: { backend: ngram, model: { layers: 1, heads: 1, width: 4, context: 128 }, steps: 4, length: 128 }
generate: { attempts: 6, rows: 6 }
`;
const experiment = `
tag: baselines
question: Does counting help?
base: base.yaml
variants:
  ngram: {}
  uniform: { train.backend: uniform }
  composed: { generate.source: composition }
vary: { generate.temperature: [0.5] }
measures: [validation loss, validation loss a circuit, training tokens, simulatable, novel, seconds a circuit]
`;

describe("experiment", () => {
  it("trains and evaluates each variant, does once what they have in common, and goes on where it was", async () => {
    const folder = await emptyFolder({ "base.yaml": base, "experiment.yaml": experiment });
    const { code, stdout, stderr } = await run(folder, "--json", "experiment", "experiment.yaml");
    expect(stderr).toContain("Trial 4 of 4: temperature-0.5, seed 1");
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as ExperimentSummary;
    expect(summary.variants.map(({ variant }) => variant)).toEqual(["ngram", "uniform", "composed", "temperature-0.5"]);
    const [ngram, uniform, composed, cold] = summary.variants.map(({ trials }) => trials[0]);
    expect(ngram?.validationLoss).toBeLessThan((uniform?.validationLoss ?? 0) - 0.5);
    expect(ngram?.trainingTokens).toBe(uniform?.trainingTokens);
    expect([ngram?.attempts, ngram?.passed.structural, uniform?.passed.structural]).toEqual([6, 6, 6]);
    // Nothing is trained for random composition, and nothing but whole circuits comes of it.
    expect([composed?.trainingTokens, composed?.validationLoss, composed?.passed.decoded]).toEqual([0, undefined, 6]);
    // A colder choice changes nothing of the training.
    expect(cold?.validationLoss).toBe(ngram?.validationLoss);
    const path = join(folder, "runs/baselines");
    const journal = await readFile(join(path, "trials/temperature-0.5/seed-1/journal.jsonl"), "utf8");
    expect(journal).toMatch(/"stage reused","stage":"train"/);
    expect(journal).toMatch(/"stage done","stage":"generate"/);
    const report = await readFile(join(path, "report.html"), "utf8");
    for (const text of ["Does counting help?", summary.machine.processor, summary.started]) expect(report).toContain(text);

    expect((await run(folder, "experiment", "experiment.yaml")).stderr).toContain("RUN_EXISTS");
    // One trial was killed while it was evaluated.
    const trial = join(path, "trials/uniform/seed-1");
    await rm(join(trial, "trial.json"));
    await rm(join(trial, "evaluation/evaluation.json"));
    const attempts = join(trial, "4-generate/attempts.jsonl");
    const before = (await stat(attempts)).mtimeMs;
    const again = await run(folder, "--json", "experiment", "experiment.yaml", "--resume");
    expect(again.stderr).toContain("ngram, seed 1 (already done)");
    expect((JSON.parse(again.stdout) as ExperimentSummary).variants).toEqual(summary.variants);
    expect((await stat(attempts)).mtimeMs).toBe(before);
  }, 300_000);

  it.each([
    ["train.stepz: 3", /train\.stepz: unknown key\. Did you mean "steps"/],
    ["encode.options: { walk: uniform }", /Variant "b": .*encode\.options.*walk/s],
  ])("refuses a wrong variant, %s, before anything is trained", async (values, message) => {
    const folder = await emptyFolder({
      "base.yaml": base,
      "wrong.yaml": `base: base.yaml\nvariants: { a: {}, b: { ${values} } }`,
    });
    const { code, stderr } = await run(folder, "experiment", "wrong.yaml");
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("Trial 1");
    expect(code).toBe(2);
  });
});
