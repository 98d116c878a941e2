import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalForm } from "../../src/circuit/canonical/canonical-form.js";
import { Circuit } from "../../src/circuit/circuit.js";
import { parseSpiceNetlist, readSpiceNetlist } from "../../src/circuit/netlist/read-spice-netlist.js";
import { writeSpiceNetlist } from "../../src/circuit/netlist/write-spice-netlist.js";
import { arbitraryCircuit, circuit } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const options = { deviceTypes, fileName: "amp.cir" };
const read = (text: string, models?: Record<string, string>): readonly Circuit[] =>
  readSpiceNetlist(text, { ...options, ...(models !== undefined && { models }) });
const only = (text: string, models?: Record<string, string>): Circuit => {
  const [first, ...others] = read(text, models);
  if (first === undefined || others.length > 0) throw new Error(`expected one circuit, got ${others.length + 1}`);
  return first;
};
const lines = (one: Circuit): string[] => one.devices.map(({ name, type, nets }) => [name, type, ...nets].join(" "));
const problems = (text: string): string[] =>
  parseSpiceNetlist(text, options).diagnostics.map(({ severity, line, message }) => `${severity} ${line}: ${message}`);

describe("reading SPICE netlists", () => {
  it("reads a subcircuit with every kind of device", () => {
    const amp = only(`* An amplifier
.SUBCKT ota vdd VSS vin1
M1 OUT vin1 tail 0 nmos4 W=1u L=180n M=2
mp2 out out VDD vdd pmos4
+ w = 2u
* between continuations
+ l={lmin}
Q1 vdd b out npn ; a comment
Q2 vdd b out 0 npn 4
R1 out B 10k $ another
C1 (out, 0) 1p
L1 b vss l=2n
D1 b VSS diode
X1 vin1 b vdd vss inverter
.ends ota
.param lmin=90n
.end
R9 this is not read
`);
    expect(amp.name).toBe("ota");
    expect(amp.ports).toEqual(["VDD", "VSS", "VIN1"]);
    expect(lines(amp)).toEqual([
      "M1 nmos4 OUT VIN1 tail VSS",
      "mp2 pmos4 OUT OUT VDD VDD",
      "Q1 npn VDD b OUT",
      "Q2 npn VDD b OUT",
      "R1 resistor OUT b",
      "C1 capacitor OUT VSS",
      "L1 inductor b VSS",
      "D1 diode b VSS",
      "X1 INVERTER VIN1 b VDD VSS",
    ]);
    expect(amp.devices.map((device) => device.values)).toEqual([
      { w: 1e-6, l: 180e-9, m: 2 },
      { w: 2e-6, l: 90e-9 },
      {},
      { area: 4 },
      { r: 10e3 },
      { c: 1e-12 },
      { l: 2e-9 },
      {},
      {},
    ]);
  });

  it("takes what stands outside of subcircuits for a circuit, its ports by their names, its first line for a title", () => {
    const text = "Common-source stage\nM1 vout1 vin1 gnd gnd nch_lvt W=1u\nR1 vdd vout1 10k\n.op\n";
    const stage = only(text);
    expect(stage.name).toBe("amp");
    expect([...stage.ports].sort()).toEqual(["VDD", "VIN1", "VOUT1", "VSS"]);
    expect(problems(text)).toEqual(["warning 1: The first line is taken for a title, because it is no device."]);
  });

  it("expands subcircuits of the file in place, and returns those that none uses", () => {
    const text = `.subckt pair a b tail
M1 a b tail gnd nmos4
M2 b a tail gnd nmos4
.ends
.subckt latch VDD VSS VOUT1 VOUT2
X1 VOUT1 VOUT2 n1 pair
X2 VOUT1 VOUT2 n2 PAIR
R1 n1 VSS 1k
R2 n2 VSS 1k
.ends`;
    expect(lines(only(text))).toEqual([
      "R1 resistor n1 VSS",
      "R2 resistor n2 VSS",
      "M1_X1 nmos4 VOUT1 VOUT2 n1 VSS",
      "M2_X1 nmos4 VOUT2 VOUT1 n1 VSS",
      "M1_X2 nmos4 VOUT1 VOUT2 n2 VSS",
      "M2_X2 nmos4 VOUT2 VOUT1 n2 VSS",
    ]);
  });

  it("gives internal nets of expanded subcircuits names of their own", () => {
    const text = ".subckt half a b\nR1 a mid 1\nR2 mid b 1\n.ends\n.subckt two VDD VSS\nX1 VDD mid half\nX2 mid VSS half\n.ends";
    expect(new Set(only(text).devices.flatMap((device) => device.nets))).toEqual(
      new Set(["VDD", "VSS", "mid", "mid_X1", "mid_X2"]),
    );
  });

  it("leaves out the testbench around a subcircuit", () => {
    const text =
      ".subckt buf VDD VSS VIN1 VOUT1\nX1 VIN1 VOUT1 VDD VSS INVERTER\n.ends\nV1 VDD 0 1.8\nXdut VDD 0 in out buf\n.control\nrun\n.endc\n.tran 1n 1u";
    expect(lines(only(text))).toEqual(["X1 INVERTER VIN1 VOUT1 VDD VSS"]);
    expect(problems(text)).toEqual([
      "warning 4: What stands outside of .subckt has sources, so it is a testbench and is left out.",
    ]);
  });

  it.each([
    ["a mapping", "M1 a b VSS VSS mn12", { mn12: "nmos4" }],
    ["a mapping, for a model that is a subcircuit", "XM1 a b VSS VSS mn12", { MN12: "nmos4" }],
    ["the type's name in another case", "M1 a b VSS VSS NMOS4", {}],
    ["a .model line", "M1 a b VSS VSS fast\n.model fast NMOS (level=1 vto=0.4)", {}],
    ["the type's own card", "M1 a b VSS VSS nmos_card", {}],
    ["a foundry's name", "M1 a b VSS VSS sky130_fd_pr__nfet_01v8", {}],
  ])("finds the device type by %s", (_, line, models) => {
    expect(only(`* test\n${line}\nR1 a b 1\n`, models).devices[0]?.type).toBe("nmos4");
  });

  it("names every line that cannot be read, with the line and what to do", () => {
    const text = `.subckt bad VDD VSS
M1 a b VSS nmos4
M2 a b VSS VSS mystery
Q1 a b c
R1 a
R2 a b huge
K1 L1 L2 0.9
X1 a b VDD VSS flipflop
X2 a VDD VSS INVERTER
V1 VDD 0 1.8
C1 a b 1p
c1 a VSS 1p
.ends
`;
    const found = problems(text);
    expect(found).toHaveLength(10);
    expect(found[0]).toMatch(/^error 2: Found 4 words behind the name, but there must be the nets of D G S B and a model/);
    expect(found[1]).toContain(
      'error 3: "mystery" is no known model. Map it to a device type, as in models: { "mystery": "nmos4" }',
    );
    expect(found[4]).toContain('error 6: "huge" is neither a value nor a known model');
    expect(found[6]).toContain('error 8: "flipflop" is neither a device type nor a .subckt of this file');
    expect(found[7]).toContain("error 9: X2 has 3 nets, but INVERTER has 4 pins: A Q VDD VSS");
    expect(found[8]).toContain("error 10: This is a voltage source");
    expect(found[9]).toContain('error 12: "c1" is already the name of the device on line 11');
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: "NETLIST_INVALID",
        message: expect.stringMatching(/^amp\.cir has 10 errors:\namp\.cir:2: .*\n {4}M1 a b VSS nmos4\n/) as string,
      }),
    );
  });

  it.each([
    ["an empty file", "", "error 0: The file has no devices"],
    ["a file of comments", "* nothing\n", "error 0: The file has no devices"],
    ["a subcircuit that is never closed", "* t\n.subckt a VSS\nR1 VSS b 1\n", 'error 2: Subcircuit "a" is never closed'],
    [
      "a subcircuit in a subcircuit",
      ".subckt a VSS\n.subckt b VSS\nR1 VSS b 1\n.ends",
      'error 2: This .subckt begins inside of "a"',
    ],
    ["an .ends alone", "R1 VSS b 1\n.ends\n", "error 2: This .ends closes nothing"],
    ["a port listed twice", ".subckt a VSS gnd\nR1 VSS b 1\n.ends", 'error 1: Port "VSS" is listed twice'],
    [
      "subcircuits that use each other",
      ".subckt a x\nX1 x b\n.ends\n.subckt b x\nX1 x a\n.ends",
      "error 0: Every subcircuit is used by another",
    ],
    [
      "a call with too few nets",
      ".subckt a x y\nR1 x y 1\n.ends\n.subckt b VSS\nX1 VSS a\n.ends",
      'error 5: X1 has 1 nets, but "a" has 2 ports',
    ],
    [
      "two subcircuits of one name",
      ".subckt a x\nR1 x y 1\n.ends\n.subckt A x\nR1 x y 1\n.ends",
      "error 4: There are two subcircuits",
    ],
    ["a source without a subcircuit", "R1 VDD b 1\nV1 VDD 0 1\n", "error 2: This is a voltage source"],
  ])("refuses %s", (_, text, expected) => {
    expect(problems(text).some((problem) => problem.startsWith(expected))).toBe(true);
    expect(parseSpiceNetlist(text, options).circuits).toEqual([]);
  });

  it("says which values it could not read", () => {
    expect(problems("* t\nR1 VSS b {rload}\nM1 a b VSS VSS nmos4 w='2*wn'\n")).toEqual([
      "warning 2: Not a number, left out: {rload}.",
      "warning 3: Not a number, left out: w='2*wn'.",
    ]);
  });

  it("reads Windows line ends, a byte order mark and names in any script", () => {
    expect(lines(only("\uFEFF* t\r\nRβ VSS netzüber 1k\r\n"))).toEqual(["Rβ resistor VSS netzüber"]);
  });

  it("never fails otherwise than by a coded error, whatever the text", () => {
    const word = fc.constantFrom(
      "M1",
      "R1",
      "X1",
      ".subckt",
      ".ends",
      "+",
      "*",
      "$ name: a",
      "=",
      "w=1",
      "VSS",
      "'",
      "{",
      "(",
      "\n",
      " ",
      ".model",
      "nmos4",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 30 }).map((words) => words.join(" ")),
        ),
        (text) => {
          parseSpiceNetlist(text, options);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("writing SPICE netlists", () => {
  it("writes what designers write", () => {
    const stage = new Circuit({
      name: "stage",
      ports: ["VDD", "VSS", "VIN1", "VOUT1"],
      devices: [
        { name: "M1", type: "nmos4", nets: ["VOUT1", "VIN1", "VSS", "VSS"], values: { w: 1e-6, l: 1.8e-7 } },
        { name: "R1", type: "resistor", nets: ["VDD", "VOUT1"], values: { r: 10000 } },
        { name: "C1", type: "capacitor", nets: ["VOUT1", "VSS"] },
        { name: "I5", type: "INVERTER", nets: ["VOUT1", "a", "VDD", "VSS"] },
      ],
    });
    expect(writeSpiceNetlist(stage, { deviceTypes })).toBe(`* stage
.subckt stage VDD VSS VIN1 VOUT1
M1 VOUT1 VIN1 VSS VSS nmos4 w=1u l=180n
R1 VDD VOUT1 10k
C1 VOUT1 VSS capacitor
XI5 VOUT1 a VDD VSS INVERTER $ name: I5
.ends stage
`);
  });

  it("is read back as it was: names, nets, ports and values", () => {
    const any = arbitraryCircuit({
      maxDevices: 12,
      internalNets: 6,
      ports: ["VDD", "VSS", "VIN1", "VOUT1"],
      types: [...deviceTypes.keys()],
    });
    const values = fc.record({ w: fc.double({ min: 1e-9, max: 1, noNaN: true }), m: fc.nat() }, { requiredKeys: [] });
    fc.assert(
      fc.property(any, values, (original, sizes) => {
        const sized = new Circuit({
          ...original.toJSON(),
          devices: original.devices.map((device) => ({ ...device, values: { ...sizes } })),
        });
        expect(only(writeSpiceNetlist(sized, { deviceTypes })).toJSON()).toEqual(sized.toJSON());
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the topology when SPICE cannot hold the names", () => {
    const odd = circuit(
      ["VDD", "VSS"],
      ["m 1", "resistor", "A", "a"],
      ["m(1", "resistor", "a", "gnd"],
      ["R=", "diode", "gnd", "A"],
    );
    const back = only(writeSpiceNetlist(odd, { deviceTypes }));
    expect(canonicalForm(back, deviceTypes)).toBe(canonicalForm(odd, deviceTypes));
  });

  it("refuses a device of no known type", () => {
    expect(() => writeSpiceNetlist(circuit(["VSS"], ["T1", "tube", "VSS"]), { deviceTypes })).toThrow(
      expect.objectContaining({ code: "DEVICE_TYPE_UNKNOWN" }),
    );
  });
});
