import { DecodeError } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { scheme } from "./schemes.js";

/** A resistor from VSS to VDD. */
const resistor = "VSS R1_P R1 R1_N VDD R1_N R1 R1_P VSS";

function decoded(sentence: string, options: Record<string, unknown>): string {
  try {
    return JSON.stringify(scheme(options).decode(sentence.split(" ").filter((token) => token !== "")).devices);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    expect(error.code).toBe("DECODE");
    expect(error.message).toContain(error.reason);
    return `${error.position} ${error.token}: ${error.reason}`;
  }
}

describe.each(["circuit", "walk"] as const)("decoding with strictness %s", (strictness) => {
  it.each([
    ["nothing", "", "0 : the sentence is empty."],
    ["no beginning at VSS", "R1_P R1 R1_P", "0 R1_P: a walk begins at VSS."],
    ["no end at VSS", "VSS R1_P R1 R1_N VDD", "4 VDD: the walk is not closed: it must end at VSS."],
    ["no device", "VSS", "1 : the walk passes no device."],
    ["an unknown word", "VSS <padding> VSS", "1 <padding>: this is neither a port nor a device nor a pin."],
    ["an unknown pin", "VSS R1_G R1 VSS", '1 R1_G: a device of type resistor has no pin "G", only P, N.'],
    ["a senseless number", "VSS R01_P VSS", "1 R01_P: 01 is no device number."],
    ["a token twice", "VSS R1_P R1_P VSS", "2 R1_P: the walk stays where it is."],
    ["two ports", "VSS VDD VSS", "1 VDD: ports VSS and VDD are joined to each other."],
    ["a port before a device", "VSS R1 R1_P VSS", "1 R1: VSS is followed by R1: a port is joined to pins only."],
    ["a device before a port", "VSS R1_P R1 VSS", "3 VSS: R1 is followed by VSS: a port is joined to pins only."],
    [
      "two devices",
      "VSS R1_P R1 R2 R2_P VSS",
      "3 R2: device R1 is followed by device R2: a device is joined to its own pins only.",
    ],
    ["another's pin after a device", "VSS R1_P R1 R2_P VSS", "3 R2_P: R1 is followed by R2_P, which belongs to another device."],
    ["another's device after a pin", "VSS R1_P R2 R2_P VSS", "2 R2: R1_P is followed by R2, which belongs to another device."],
    ["a pin on two ports", "VSS R1_P VDD R1_P VSS", "2 VDD: this puts ports VSS and VDD on one net."],
    ["a net of two ports", "VSS R1_P R1 R1_N VDD R1_N C1_P C1 C1_P C1_N VSS", "10 VSS: this puts ports VDD and VSS on one net."],
    [
      "a device without all pins",
      "VSS NM1_S NM1 NM1_G VDD NM1_G NM1 NM1_S VSS",
      "1 NM1_S: device NM1 is begun here but never reaches NM1_D, NM1_B.",
    ],
  ])("refuses %s", (_, sentence, refusal) => {
    expect(decoded(sentence, { strictness })).toBe(refusal);
  });

  it("reads an Eulerian circuit", () => {
    expect(decoded(resistor, { strictness })).toBe('[{"name":"R1","type":"resistor","nets":["VSS","VDD"],"values":{}}]');
  });

  it("gives nets names that no port has", () => {
    const sentence = "VSS R1_P R1 R1_N R2_N R2 R2_P net1 R2_P R2 R2_N R1_N R1 R1_P VSS";
    expect(decoded(sentence, { strictness })).toContain('"nets":["VSS","net2"]');
  });
});

describe("exact walks", () => {
  it.each([
    ["an arc used twice", "VSS R1_P VSS R1_P R1 R1_N VDD R1_N R1 R1_P VSS", "3 R1_P: the arc from VSS to R1_P is used twice."],
    [
      "an arc never used",
      "VSS R1_P R1 R1_N VDD R1_N R2_N R2 R2_P VSS R2_P R2 R2_N R1_N R1 R1_P VSS",
      "6 R2_N: pins R1_N and R2_N share a port's net: they are joined to the port, not to each other.",
    ],
    ["a missing way back", "VSS R1_P R1 R1_N R2_N R2 R2_P VSS", "8 : the arc from VSS to R2_P is never used."],
    [
      "a net whose pins are not all joined",
      "VSS R1_P R1 R1_N R2_N R3_P R3 R3_N VSS R3_N R3 R3_P R2_N R2 R2_P VSS R2_P R2 R2_N R1_N R1 R1_P VSS",
      "23 : the arc from R1_N to R3_P is never used.",
    ],
  ])("with strictness walk, %s is refused", (_, sentence, refusal) => {
    expect(decoded(sentence, { strictness: "walk" })).toBe(refusal);
    expect(decoded(sentence, { strictness: "circuit" })).toMatch(/^\[/);
  });

  it("with port pins as a clique, pins of a port's net are joined to each other as well", () => {
    const star = "VSS R1_P R1 R1_N VSS R1_N R1 R1_P VSS";
    expect(decoded(star, { strictness: "walk" })).toMatch(/^\[/);
    expect(decoded(star, { strictness: "walk", portPins: "clique" })).toBe("9 : the arc from R1_P to R1_N is never used.");
  });
});
