import { deviceTypeConformance } from "@topogenie/core/testing";
import { describe, expect, it } from "vitest";
import plugin, { nmos4, pmos4 } from "../src/index.js";

describe.each([nmos4, pmos4])("$name keeps the device type contract", (deviceType) => {
  it.each(deviceTypeConformance(deviceType).map((check) => [check.name, check.run] as const))("%s", (_, run) => run());
});

describe("the plugin", () => {
  it("provides every device type under the type's own name", () => {
    const types = [nmos4, pmos4];
    expect(plugin.provides.map((provided) => provided.name).sort()).toEqual(types.map((type) => type.name).sort());
  });
});
