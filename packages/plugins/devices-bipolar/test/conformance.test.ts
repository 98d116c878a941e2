import { deviceTypeConformance } from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import plugin, { npn, pnp } from "../src/index.js";

describe.each([npn, pnp])("$name keeps the device type contract", (deviceType) => {
  it.each(deviceTypeConformance(deviceType).map((check) => [check.name, check.run] as const))("%s", (_, run) => run());
});

describe("the plugin", () => {
  it("provides every device type under the type's own name", () => {
    const types = [npn, pnp];
    expect(plugin.provides.map((provided) => provided.name).sort()).toEqual(types.map((type) => type.name).sort());
  });
});
