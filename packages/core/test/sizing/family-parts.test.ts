import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import { benchResult } from "../../src/sizing/bench-result.js";
import { missingPort } from "../../src/sizing/missing-port.js";

describe("ports that a family needs", () => {
  const family = {
    ports: [
      { kind: "VIN", minimum: 1, maximum: 2, title: "Input" },
      { kind: "IB", minimum: 0, maximum: 0, title: "Bias current" },
    ],
  };
  const withPorts = (...ports: string[]): Circuit => new Circuit({ name: "c", ports: ["VSS", ...ports], devices: [] });

  it("are told of where one is missing or too many, and only there", () => {
    expect(missingPort(withPorts("VIN1"), family)).toBeUndefined();
    expect(missingPort(withPorts("VIN1", "VIN2"), family)).toBeUndefined();
    expect(missingPort(withPorts(), family)).toBe("needs 1 VIN port");
    expect(missingPort(withPorts("VIN1", "VIN2", "VIN3"), family)).toBe("has more than 2 VIN ports");
    expect(missingPort(withPorts("VIN1", "IB1"), family)).toBe("has more than 0 IB ports");
  });
});

describe("the result of a bench", () => {
  it("is refused, by name, where the bench was not run", () => {
    const ok = { status: "ok", analyses: [], convergence: "direct" } as const;
    expect(benchResult({ noise: ok }, "noise")).toBe(ok);
    expect(() => benchResult({ noise: ok }, "gain")).toThrow(
      `The family's measurements need the result of its bench "gain", and were given those of noise.`,
    );
  });
});
