import { describe, expect, it } from "vitest";
import { experimentSchema, variantsOf } from "../../src/experiment/experiment-config.js";
import { summariseVariant } from "../../src/experiment/experiment-summary.js";
import type { ExperimentTrial } from "../../src/experiment/experiment-trial.js";

describe("variants of an experiment", () => {
  it("are the named ones, each with every combination of the sweep, and then one key at a time", () => {
    const variants = variantsOf({
      variants: { a: { "train.backend": "ngram" }, b: {} },
      sweep: { "train.rows": [2, 4], "encode.walks": [1] },
      vary: { "train.schedule.peak": [0.001, 0.01] },
    });
    expect(variants.map(({ name }) => name)).toEqual([
      "a-rows-2-walks-1",
      "a-rows-4-walks-1",
      "b-rows-2-walks-1",
      "b-rows-4-walks-1",
      "peak-0.001",
      "peak-0.01",
    ]);
    expect(variants[1]?.values).toEqual({ "train.backend": "ngram", "train.rows": 4, "encode.walks": 1 });
    expect(variants.at(-1)?.values).toEqual({ "train.schedule.peak": 0.01 });
  });

  it("are none where none are given, and have names that are names of folders", () => {
    expect(variantsOf({ variants: {}, sweep: {}, vary: {} })).toEqual([]);
    const [variant] = variantsOf({ variants: {}, sweep: {}, vary: { "generate.conditions": [{ family: "a/b" }] } });
    expect(variant?.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
  });

  it("are asked for with keys of the config alone", () => {
    expect(experimentSchema.safeParse({ base: "a.yaml", sweep: { "train..rows": [1] } }).success).toBe(false);
    expect(experimentSchema.safeParse({ base: "a.yaml", measures: ["loss"] }).success).toBe(false);
  });
});

describe("what a variant comes to", () => {
  const trial = (seed: number, rest: Partial<ExperimentTrial>): ExperimentTrial => ({
    variant: "a",
    seed,
    steps: 10,
    trainingTokens: 100,
    attempts: 20,
    passed: { decoded: 20, structural: 10 },
    findings: [],
    ...rest,
  });

  it("pools the attempts of all seeds, and takes the mean of numbers with their range", () => {
    const trials = [trial(1, { validationLoss: 1 }), trial(2, { validationLoss: 2, passed: { decoded: 20, structural: 16 } })];
    const { measured } = summariseVariant({ name: "a", values: {} }, trials, ["structural", "novel", "validation loss"]);
    expect(measured.structural).toMatchObject({ kind: "share", share: { count: 26, of: 40 } });
    expect(measured["validation loss"]).toMatchObject({ mean: 1.5, least: 1, most: 2 });
    // No trial tried this rung.
    expect(measured.novel).toBeUndefined();
  });
});
