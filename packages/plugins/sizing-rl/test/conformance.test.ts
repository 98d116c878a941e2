import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { policyGradient } from "../src/index.js";

describe("policy gradient is a sizing optimizer", () => {
  for (const { name, run } of sizingOptimizerConformance(() => policyGradient())) it(name, run);
});
