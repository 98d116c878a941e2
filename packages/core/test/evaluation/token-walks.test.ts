import { describe, expect, it } from "vitest";
import { canonicalHash } from "../../src/circuit/canonical/canonical-form.js";
import { DecodeError } from "../../src/contracts/decode-error.js";
import type { DeviceType } from "../../src/contracts/device-type.js";
import { decodeBipartiteWalk } from "../../src/evaluation/bipartite-walk.js";
import { readTokenSequence, readTokenSequences } from "../../src/evaluation/token-sequence.js";
import { circuit } from "../fixtures/circuits.js";
import { deviceTypes as sketched } from "../fixtures/device-types.js";

const prefixes: Readonly<Record<string, string>> = { nmos4: "NM", pmos4: "PM", npn: "NPN", resistor: "R", diode: "DIO" };
const deviceTypes = new Map<string, DeviceType>(
  Object.entries(prefixes).map(([name, tokenPrefix]) => [name, { ...(sketched.get(name) as DeviceType), tokenPrefix }]),
);

const words = (text: string): readonly string[] => readTokenSequence(text).tokens;

describe("token sequences", () => {
  it("end at the first TRUNCATE, whatever a sampler writes after it", () => {
    expect(readTokenSequence("VSS->NM1_S->NM1->TRUNCATE->PM3->TRUNCATE->")).toEqual({
      tokens: ["VSS", "NM1_S", "NM1"],
      ended: true,
      form: "pins",
    });
  });

  it("say when they were cut off, and what they were asked for", () => {
    expect(readTokenSequence("CIRCUIT_Power_Amp->VSS->M_BS->NM1")).toEqual({
      tokens: ["VSS", "M_BS", "NM1"],
      ended: false,
      asked: "pa",
      form: "bipartite",
    });
    expect(readTokenSequence("CIRCUIT_General->VSS->R1_P->R1")).not.toHaveProperty("asked");
  });
});

describe("collections of token sequences", () => {
  const ends = (...texts: string[]): boolean[] => readTokenSequences(texts).map(({ ended }) => ended);

  it("were cut off where others have their TRUNCATE, and were trimmed where none has one", () => {
    expect(ends("VSS->R1_P->R1->TRUNCATE", "VSS->R1_P->R1")).toEqual([true, false]);
    expect(ends("VSS->R1_P->R1", "VSS->R2_P->R2")).toEqual([true, true]);
  });
});

describe("walks of devices and nets", () => {
  it("give the circuit that they pass through", () => {
    const walk = "VSS->M_BS->NM1->M_D->VOUT1->R_C->R1->R_C->VDD->R_C->R1->R_C->VOUT1->M_D->NM1->M_G->VIN1->M_G->NM1->M_BS->VSS";
    const decoded = decodeBipartiteWalk(words(walk), deviceTypes);
    const drawn = circuit(
      ["VSS", "VDD", "VIN1", "VOUT1"],
      ["M", "nmos4", "VOUT1", "VIN1", "VSS", "VSS"],
      ["R", "resistor", "VOUT1", "VDD"],
    );
    expect(canonicalHash(decoded, sketched)).toBe(canonicalHash(drawn, sketched));
    expect(decoded.ports).toEqual(["VSS", "VDD", "VIN1", "VOUT1"]);
  });

  it("join nets of internal names, and both ends of a two-terminal device that shows one net alone", () => {
    const walk = "VSS->R_C->R1->R_C->NET1->D_P->DIO1->D_N->VSS->R_C->R2";
    const { devices, ports } = decodeBipartiteWalk(words(walk), deviceTypes);
    expect(ports).toEqual(["VSS"]);
    expect(Object.fromEntries(devices.map(({ name, nets }) => [name, nets]))).toEqual({
      R1: ["VSS", "NET1"],
      R2: ["VSS", "VSS"],
      DIO1: ["NET1", "VSS"],
    });
  });

  it.each([
    ["VSS->M_BS->NM1->M_D->VOUT1", /never reaches a net with its G/],
    ["VSS->M_BS->NM1->M_GD->VOUT1->M_S->NM1", /pin S of NM1 is on two nets/],
    ["VSS->B_BC->NM1->M_DG->VOUT1", /a device of type nmos4 has no such joint/],
    ["VSS->M_BS->NM1->M_BS->NM2", /a device is joined to a device/],
    ["VSS->R_C->VDD", /a net is joined to a net/],
    ["VSS->R_C->R1->R_C", /ends between a device and a net/],
    ["VSS->R_C->R1->R_C->NET1->R_C->R1->R_C->VDD", /R1 has two ends but is joined to a third net/],
    ["VSS", /passes no device/],
    ["VSS->R_C->q1", /neither a device nor a net/],
  ])("refuse %s", (walk, reason) => {
    const decode = (): unknown => decodeBipartiteWalk(words(walk), deviceTypes);
    expect(decode).toThrow(DecodeError);
    expect(decode).toThrow(reason);
  });
});
