import { pluginConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import plugin from "../src/index.js";

describe("the plugin keeps its promises", async () => {
  for (const { name, run } of await pluginConformance(plugin)) it(name, run);
});
