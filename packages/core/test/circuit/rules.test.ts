import { describe, expect, it } from "vitest";
import type { Circuit } from "../../src/circuit/circuit.js";
import { checkRules, electricalRules } from "../../src/circuit/rules/electrical-rules.js";
import { requiredPorts } from "../../src/circuit/rules/required-ports.js";
import { circuit, type Line } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

/** A common-source stage with a resistive load. */
const stage: readonly Line[] = [
  ["M1", "nmos4", "VOUT1", "VIN1", "VSS", "VSS"],
  ["R1", "resistor", "VDD", "VOUT1"],
];
const ports = ["VDD", "VSS", "VIN1", "VOUT1"];
const withLines = (...lines: Line[]): Circuit => circuit(ports, ...stage, ...lines);

/** One circuit that breaks the rule and no other one, and what is said about it. */
const broken: Record<string, readonly (readonly [why: string, broken: Circuit, messages: readonly string[]])[]> = {
  "complete-devices": [
    [
      "a pin too few",
      withLines(["M2", "nmos4", "VOUT1", "VIN1", "VSS"]),
      ["M2 is on 3 nets, but a nmos4 has 4 pins (D, G, S, B): each needs one net."],
    ],
    [
      "a type that nobody knows",
      withLines(["T1", "nmos", "VOUT1", "VIN1", "VSS"]),
      ['T1: There is no device type "nmos". Did you mean "nmos4"?'],
    ],
    ["an open gate", circuit([...ports, ""], ...stage, ["M2", "nmos4", "VOUT1", "", "VSS", "VSS"]), ["M2 has nothing on its G."]],
  ],
  "ground-present": [
    [
      "no VSS",
      circuit(["VDD", "VIN1", "VOUT1"], ["M1", "nmos4", "VOUT1", "VIN1", "VDD", "VDD"]),
      ["The circuit has no port VSS, so its voltages refer to nothing."],
    ],
  ],
  "ports-connected": [["a port on nothing", circuit([...ports, "VB1"], ...stage), ["Port VB1 touches no device."]]],
  "no-dangling-net": [
    ["a loose end", withLines(["R2", "resistor", "VOUT1", "a"]), ["Net a ends at one pin of R2 and goes nowhere."]],
    [
      "a diode-connected transistor on nothing else",
      withLines(["M2", "nmos4", "a", "a", "VOUT1", "VSS"]),
      ["Net a joins 2 pins of M2 to each other and goes nowhere else."],
    ],
  ],
  "no-supply-short": [
    [
      "a channel across the supply",
      withLines(["M2", "nmos4", "VDD", "VIN1", "VSS", "VSS"]),
      ["M2 conducts from VDD to VSS with nothing in its way."],
    ],
    [
      "a closed switch",
      withLines(["X1", "TRANSMISSION_GATE", "VDD", "VSS", "VIN1", "VDD", "VSS"]),
      ["X1 conducts from VDD to VSS with nothing in its way."],
    ],
    [
      "an inverter's output on ground",
      withLines(["X1", "INVERTER", "VIN1", "VSS", "VDD", "VSS"]),
      ["X1 conducts from VDD to VSS with nothing in its way."],
    ],
    [
      "two coils in series",
      withLines(["L1", "inductor", "VDD", "a"], ["L2", "inductor", "a", "VSS"], ["C1", "capacitor", "a", "VIN1"]),
      ["L1 and L2 in series short VDD to VSS for direct current."],
    ],
    [
      "two coils over a port",
      withLines(["L1", "inductor", "VDD", "VIN1"], ["L2", "inductor", "VSS", "VIN1"]),
      ["L1 and L2 in series short VDD to VSS for direct current."],
    ],
  ],
  "no-shorted-device": [
    [
      "a resistor on one net",
      withLines(["R2", "resistor", "VOUT1", "VOUT1"]),
      ["R2 has all the terminals that carry its current on VOUT1, so it does nothing."],
    ],
    [
      "a capacitor on one net",
      withLines(["C2", "capacitor", "VOUT1", "VOUT1"]),
      ["C2 has all the terminals that carry its current on VOUT1, so it does nothing."],
    ],
    [
      "a MOS transistor on one net",
      withLines(["M2", "nmos4", "VOUT1", "VOUT1", "VOUT1", "VSS"]),
      ["M2 has all the terminals that carry its current on VOUT1, so it does nothing."],
    ],
  ],
  "no-floating-net": [
    [
      "gates alone",
      withLines(["M2", "nmos4", "VOUT1", "a", "VSS", "VSS"], ["M3", "nmos4", "VOUT1", "a", "VSS", "VSS"]),
      ["Nothing sets the direct voltage of net a: only gates, bases, inputs or capacitors of M2 and M3 touch it."],
    ],
    [
      "a gate behind a capacitor",
      withLines(["M2", "nmos4", "VOUT1", "a", "VSS", "VSS"], ["C1", "capacitor", "VIN1", "a"]),
      ["Nothing sets the direct voltage of net a: only gates, bases, inputs or capacitors of M2 and C1 touch it."],
    ],
    [
      "bases alone",
      withLines(["Q2", "npn", "VOUT1", "a", "VSS"], ["Q3", "pnp", "VSS", "a", "VOUT1"]),
      ["Nothing sets the direct voltage of net a: only gates, bases, inputs or capacitors of Q2 and Q3 touch it."],
    ],
  ],
  "one-circuit": [
    [
      "two circuits in one",
      withLines(["R2", "resistor", "VDD", "a"], ["R3", "resistor", "a", "VSS"]),
      ["R2 and R3 are joined to the other 2 devices by nothing but VDD and VSS."],
    ],
    [
      "a decoupling capacitor",
      withLines(["C1", "capacitor", "VDD", "VSS"]),
      ["C1 is joined to the other 2 devices by nothing but VDD and VSS."],
    ],
  ],
};

describe("electrical rules", () => {
  it("finds nothing wrong with a sound circuit", () => {
    expect(checkRules(circuit(ports, ...stage), deviceTypes)).toEqual([]);
  });

  it("has a case below for every rule, and names and titles of their own", () => {
    expect(Object.keys(broken)).toEqual(electricalRules.map((rule) => rule.name));
    expect(new Set(electricalRules.map((rule) => rule.title)).size).toBe(electricalRules.length);
  });

  for (const [rule, cases] of Object.entries(broken)) {
    it.each(cases)(`${rule} finds %s, and no other rule does`, (_, one, messages) => {
      const violations = checkRules(one, deviceTypes);
      expect(violations.map((violation) => violation.rule)).toEqual(messages.map(() => rule));
      messages.forEach((message, index) => expect(violations[index]?.message).toContain(message));
      const { devices = [], nets = [] } = violations[0] ?? {};
      expect(devices.length + nets.length).toBeGreaterThan(0);
      expect(one.devices.map((device) => device.name)).toEqual(expect.arrayContaining([...devices]));
    });
  }

  it("lets pass what human designers draw on purpose", () => {
    const sound: Line[] = [
      ["M2", "nmos4", "VOUT1", "VIN1", "VOUT1", "VSS"], // a varactor
      ["M3", "nmos4", "VOUT1", "VIN1", "a", "well"], // a well of its own
      ["M4", "nmos4", "VOUT1", "VIN1", "a", "well"],
      ["R2", "resistor", "a", "VSS"],
      ["D1", "diode", "VSS", "VIN1"], // protection
    ];
    const violations = checkRules(withLines(...sound), deviceTypes);
    expect(violations).toEqual([]);
  });

  it("tells a diode that shorts the supply from one that blocks", () => {
    const names = (anode: string, cathode: string): string[] =>
      checkRules(withLines(["D1", "diode", anode, cathode]), deviceTypes).map((violation) => violation.rule);
    expect(names("VDD", "VSS")).toContain("no-supply-short");
    expect(names("VSS", "VDD")).not.toContain("no-supply-short");
  });

  it("checks a family's own rules after the general ones", () => {
    const needs = requiredPorts([
      { kind: "VIN", minimum: 2, maximum: 2, title: "Input" },
      { kind: "VOUT", minimum: 1, maximum: 2, title: "Output" },
    ]);
    const violations = checkRules(circuit([...ports, "VB1"], ...stage), deviceTypes, [needs]);
    expect(violations.map((violation) => violation.message)).toEqual([
      "Port VB1 touches no device.",
      "The circuit has 1 ports VIN (input), but needs 2.",
    ]);
  });

  it("names five of many devices", () => {
    const many = Array.from({ length: 8 }, (_, index): Line => [`M${index + 2}`, "nmos4", "VOUT1", "a", "VSS", "VSS"]);
    expect(checkRules(withLines(...many), deviceTypes)[0]?.message).toContain("M2, M3, M4, M5, M6 and 3 more touch it");
  });
});
