import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { randomSearch } from "../src/index.js";

describe.each(["uniform", "halton"] as const)("random search (%s) is a sizing optimizer", (sequence) => {
  for (const { name, run } of sizingOptimizerConformance(() => randomSearch({ sequence }))) it(name, run);
});
