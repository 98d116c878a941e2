import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { geneticAlgorithm } from "../src/index.js";

describe("the genetic algorithm is a sizing optimizer", () => {
  for (const { name, run } of sizingOptimizerConformance(() => geneticAlgorithm())) it(name, run);
});
