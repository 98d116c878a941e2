import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { nsga2 } from "../src/index.js";

describe("NSGA-II is a sizing optimizer", () => {
  for (const { name, run } of sizingOptimizerConformance(() => nsga2())) it(name, run);
});
