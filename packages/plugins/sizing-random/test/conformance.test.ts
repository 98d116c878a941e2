import { sizingOptimizerConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { randomSearch } from "../src/index.js";

// With its default options it is tested together with everything that comes with the command.
describe("the Halton sequence is a sizing optimizer", () => {
  for (const { name, run } of sizingOptimizerConformance(() => randomSearch({ sequence: "halton" }))) it(name, run);
});
