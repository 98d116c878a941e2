import { pluginConformance } from "@topogenie/core/testing";
import mos from "@topogenie/devices-mos";
import passive from "@topogenie/devices-passive";
import { describe, it } from "vitest";
import plugin from "../src/index.js";

// Beside it: what it needs of other plugins.
describe("the plugin keeps its promises", async () => {
  for (const { name, run } of await pluginConformance(plugin, [mos, passive])) it(name, run);
});
