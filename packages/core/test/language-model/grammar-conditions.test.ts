import { describe, expect, it } from "vitest";
import { askedPorts, refuseLimit } from "../../src/language-model/grammar-conditions.js";

const ports = ["VDD", "VIN2", "VIN1", "VOUT1", "IB1", "VSS"].map((name) => ({ name }));

function asked(conditions: Parameters<typeof askedPorts>[1]): { allowed: string[]; required: string[] } {
  const { allowed, required } = askedPorts(ports, conditions);
  return { allowed: allowed.map(({ name }) => name), required: required.map(({ name }) => name) };
}

describe("the ports that a sentence may and must touch", () => {
  it("are all and VSS without a condition", () => {
    expect(asked({})).toEqual({ allowed: ["VSS", "VDD", "VIN2", "VIN1", "VOUT1", "IB1"], required: ["VSS"] });
  });

  it("are those named, VSS among them, the supply last", () => {
    expect(asked({ ports: ["VDD", "VIN2"] })).toEqual({ allowed: ["VSS", "VDD", "VIN2"], required: ["VSS", "VIN2", "VDD"] });
  });

  it("are the lowest numbers of each kind, as many as it needs and may have", () => {
    const portKinds = [
      { kind: "VDD", minimum: 1, maximum: 1 },
      { kind: "VIN", minimum: 1, maximum: 2 },
      { kind: "VB", minimum: 0, maximum: 8 },
    ];
    expect(asked({ portKinds })).toEqual({ allowed: ["VSS", "VDD", "VIN1", "VIN2"], required: ["VSS", "VIN1", "VDD"] });
    expect(asked({ portKinds, ports: ["IB1"] })).toEqual({ allowed: ["VSS", "IB1"], required: ["VSS", "IB1"] });
  });

  it("must be in the vocabulary", () => {
    expect(() => asked({ ports: ["VCLK1"] })).toThrow('ask for port "VCLK1", which this vocabulary does not have');
    expect(() => asked({ portKinds: [{ kind: "VOUT", minimum: 2, maximum: 2 }] })).toThrow(
      "ask for 2 ports of the kind VOUT, and this vocabulary has 1",
    );
  });
});

it("a limit that is too short is refused with what was asked for", () => {
  const refusal = (deviceCount: number | { atMost: number }) => () => refuseLimit(9, { deviceCount }, ports.slice(0, 2));
  expect(refusal(7)).toThrow("in 9 tokens with the ports VDD, VIN2 and exactly 7 devices.");
  expect(refusal({ atMost: 7 })).toThrow("in 9 tokens with the ports VDD, VIN2 and at most 7 devices.");
});
