import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { bayes } from "../src/index.js";

describe("Bayesian optimization is a sizing optimizer", () => {
  for (const { name, run } of sizingOptimizerConformance(() => bayes())) it(name, run);
});
