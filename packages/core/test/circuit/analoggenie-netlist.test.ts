import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Circuit } from "../../src/circuit/circuit.js";
import { parseAnalogGenieNetlist, readAnalogGenieNetlist } from "../../src/circuit/netlist/read-analoggenie-netlist.js";
import { writeAnalogGenieNetlist } from "../../src/circuit/netlist/write-analoggenie-netlist.js";
import { arbitraryCircuit, circuit } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const options = { name: "7", deviceTypes, fileName: "7.cir" };
const read = (netlist: string, ports: string): Circuit => readAnalogGenieNetlist(netlist, ports, options);
const lines = (one: Circuit): string[] => one.devices.map(({ name, type, nets }) => [name, type, ...nets].join(" "));
const problems = (netlist: string, ports: string): string[] =>
  parseAnalogGenieNetlist(netlist, ports, options).diagnostics.map(
    ({ severity, line, message }) => `${severity} ${line}: ${message}`,
  );

describe("reading the AnalogGenie layout", () => {
  it("reads devices and ports, without a last newline", () => {
    const stage = read("M0 (VOUT1 VIN1 VSS VSS) nmos4\nR0 (VDD VOUT1) resistor", "VDD VSS VIN1 VOUT1");
    expect(stage.name).toBe("7");
    expect(stage.ports).toEqual(["VDD", "VSS", "VIN1", "VOUT1"]);
    expect(lines(stage)).toEqual(["M0 nmos4 VOUT1 VIN1 VSS VSS", "R0 resistor VDD VOUT1"]);
  });

  it("makes names that come back unique", () => {
    const text = "R1 (VDD a) resistor\nR1 (a b) resistor\nR1_2 (b c) resistor\nR1 (c VSS) resistor";
    expect(read(text, "VDD VSS").devices.map((device) => device.name)).toEqual(["R1", "R1_3", "R1_2", "R1_4"]);
  });

  it("drops the substrate of bipolar transistors and takes net 0 for VSS", () => {
    const text = "Q0 (VDD b e 0) npn\nQ1 (VDD b e) npn\nR0 (e 0) resistor\nR1 (b VSS) resistor";
    expect(lines(read(text, "VDD VSS"))).toEqual(["Q0 npn VDD b e", "Q1 npn VDD b e", "R0 resistor e VSS", "R1 resistor b VSS"]);
    expect(problems("Q0 (VDD b VSS well) npn\nR1 (b VDD) resistor", "VDD VSS")).toEqual([
      'warning 1: The substrate net "well" of Q0 is left out: npn has pins C B E.',
    ]);
  });

  it("reads blanks, comments, Windows line ends, values, and ports in any case", () => {
    const text = "\uFEFF* stage\r\n\r\n  M0\t( vout1  VIN1 VSS VSS )  NMOS4 W=1u l=180n \r\n// end\r\nR0(VDD VOUT1)resistor\r\n";
    const stage = read(text, "vdd\r\nVSS, VIN1 VOUT1\r\n");
    expect(lines(stage)).toEqual(["M0 nmos4 VOUT1 VIN1 VSS VSS", "R0 resistor VDD VOUT1"]);
    expect(stage.devices[0]?.values).toEqual({ w: 1e-6, l: 180e-9 });
    expect(stage.ports).toEqual(["VDD", "VSS", "VIN1", "VOUT1"]);
  });

  it.each([
    ["a port list with a letter swapped", "VCLK2", "VSS VCKL2", ["VSS", "VCLK2"]],
    ["a port list and a netlist with a letter swapped", "VCKL1", "VSS VCKL1", ["VSS", "VCLK1"]],
    ["a port list with a letter too few, of a current", "IIN2", "VSS IN2", ["VSS", "IIN2"]],
    ["both with a letter too few, of a voltage", "IN1", "VSS IN1", ["VSS", "VIN1"]],
    ["a port list with a letter too many", "LOGICA1", "VSS VLOGICA1", ["VSS", "LOGICA1"]],
    ["a port list with a voltage for a current", "IREF1", "VSS VREF1", ["VSS", "IREF1"]],
    ["a port list without a bias port", "VB1", "VSS", ["VSS", "VB1"]],
  ])("corrects %s, with a warning", (_, net, ports, expected) => {
    const text = `R0 (${net} VSS) resistor`;
    expect(read(text, ports).ports).toEqual(expected);
    expect(problems(text, ports)).toHaveLength(1);
    expect(problems(text, ports)[0]).toMatch(/^warning 0: .*(read as)/);
  });

  it("leaves a port that touches nothing to the electrical rules", () => {
    expect(read("R0 (VDD VSS) resistor", "VDD VSS VIN1").ports).toEqual(["VDD", "VSS", "VIN1"]);
  });

  it("names every line that cannot be read, with the line and what to do", () => {
    const text = "M0 (a b c) nmos4\nM1 a b c d nmos4\n\nM2 (a b c d) nmos\nM3 (a b c d) nmos4 w=wide\nX (a b c d e f g) XOR";
    const found = problems(text, "VSS");
    expect(found[0]).toBe("error 1: M0 has 3 nets, but nmos4 has 4 pins: D G S B. Give one net for each.");
    expect(found[1]).toContain("error 2: This is no device line. Write: NAME (net net …) type");
    expect(found[2]).toContain('error 4: There is no device type "nmos". Did you mean "nmos4"?');
    expect(found[3]).toContain('error 5: "wide" is no number');
    expect(found[4]).toContain("error 6: X has 7 nets, but XOR has 5 pins");
    expect(found).toHaveLength(5);
    expect(() => read(text, "VSS")).toThrow(
      expect.objectContaining({
        code: "NETLIST_INVALID",
        message: expect.stringContaining("7.cir has 5 errors:\n7.cir:1: M0") as string,
      }),
    );
  });

  it("refuses an empty netlist and an empty list of ports", () => {
    expect(problems("\n", "VSS")[0]).toContain("error 0: The netlist has no devices");
    expect(problems("R0 (a b) resistor", " \n")[0]).toContain("error 0: The list of ports is empty");
    expect(() => read("", "")).toThrow(expect.objectContaining({ code: "NETLIST_INVALID" }));
  });

  it("never fails otherwise than by a coded error, whatever the text", () => {
    const word = fc.constantFrom("M1", "(", ")", "a", "VSS", "nmos4", "npn", "\n", " ", "w=1", "=", "VCKL1", "IN1", "0");
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 30 }).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(text, text, (netlist, ports) => {
        parseAnalogGenieNetlist(netlist, ports, options);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("writing the AnalogGenie layout", () => {
  it("writes bipolar transistors with their substrate", () => {
    const pair = circuit(["VDD", "VSS"], ["Q1", "npn", "VDD", "a", "VSS"], ["R1", "resistor", "VDD", "a"]);
    expect(writeAnalogGenieNetlist(pair, { deviceTypes })).toEqual({
      netlist: "Q1 (VDD a VSS 0) npn\nR1 (VDD a) resistor\n",
      ports: "VDD VSS\n",
    });
  });

  it("is read back as it was", () => {
    const any = arbitraryCircuit({
      maxDevices: 12,
      internalNets: 6,
      ports: ["VDD", "VSS", "VIN1", "VOUT1"],
      types: [...deviceTypes.keys()],
    });
    fc.assert(
      fc.property(any, (original) => {
        const { netlist, ports } = writeAnalogGenieNetlist(original, { deviceTypes });
        expect(readAnalogGenieNetlist(netlist, ports, { ...options, name: original.name }).toJSON()).toEqual(original.toJSON());
      }),
      { numRuns: 500 },
    );
  });

  it.each(["a b", "a(", "", "a,b", "*a", "w=1"])("refuses the name %j, which it cannot hold", (name) => {
    expect(() => writeAnalogGenieNetlist(circuit(["VSS"], ["R1", "resistor", "VSS", name]), { deviceTypes })).toThrow(
      expect.objectContaining({ code: "NETLIST_UNWRITABLE" }),
    );
  });
});
