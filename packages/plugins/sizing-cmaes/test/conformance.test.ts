import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { cmaes } from "../src/index.js";

describe("CMA-ES is a sizing optimizer", () => {
  for (const { name, run } of sizingOptimizerConformance(() => cmaes())) it(name, run);
});
