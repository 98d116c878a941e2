import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import { requiredPorts } from "../../src/circuit/rules/required-ports.js";
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

  it("are served by another kind that the family names, which is counted with them for the least alone", () => {
    const input = { kind: "VIN", minimum: 1, maximum: 1, title: "Reference", alternatives: ["LOGICA"] };
    const logic = { ports: [input, { kind: "LOGICA", minimum: 0, maximum: 2, title: "Reference" }] };
    expect(missingPort(withPorts("LOGICA1"), logic)).toBeUndefined();
    expect(missingPort(withPorts("VIN1", "LOGICA1", "LOGICA2"), logic)).toBeUndefined();
    expect(missingPort(withPorts("IB1"), logic)).toBe("needs 1 VIN or LOGICA port");
    expect(missingPort(withPorts("VIN1", "VIN2"), logic)).toBe("has more than 1 VIN ports");
    const rule = requiredPorts(logic.ports);
    expect(rule.check(withPorts("LOGICA1"), new Map())).toEqual([]);
    expect(rule.check(withPorts("IB1"), new Map())[0]?.message).toContain("VIN or LOGICA");
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
