import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import type { Deck, ModelCard } from "../../src/contracts/deck.js";
import type { DeviceType } from "../../src/contracts/device-type.js";
import type { RunRequest, SimulationResult, Simulator } from "../../src/contracts/simulator.js";
import { genericBench } from "../../src/verification/generic-bench.js";
import { checkSimulatable } from "../../src/verification/simulatability.js";

function mosfetType(name: string, type: "nmos" | "pmos"): DeviceType {
  const card: ModelCard = { name: `${type}card`, type, parameters: { level: 1 } };
  return {
    name,
    tokenPrefix: "M",
    spiceLetter: "m",
    title: name,
    pins: ["D", "G", "S", "B"].map((pin) => ({ name: pin, title: pin })),
    interchangeablePins: [["D", "S"]],
    conduction: [["D", "S"]],
    parameters: [],
    models: [card],
    toSpice: ({ name: instance, nodes }) => [
      { kind: "mosfet", name: instance, nodes, model: card.name, values: { w: 1e-6, l: 1e-6 } },
    ],
    symbol: { width: 2, height: 4, pins: {}, strokes: [], fills: [] },
  };
}
const coil: DeviceType = {
  ...mosfetType("inductor", "nmos"),
  pins: ["P", "N"].map((pin) => ({ name: pin, title: pin })),
  models: [],
  toSpice: ({ name, nodes }) => [{ kind: "inductor", name, nodes, values: { l: 1e-9 } }],
};
const types = new Map([
  ["nmos4", mosfetType("nmos4", "nmos")],
  ["pmos4", mosfetType("pmos4", "pmos")],
  ["inductor", coil],
]);

/** A cascoded stage: VB1 stands on the ground, VB2 on VB1's drain, VB3 on the supply; IB1 feeds a diode. */
const circuit = new Circuit({
  name: "cascode",
  ports: ["VDD", "VSS", "VB1", "VB2", "VB3", "IB1", "IB2", "VOUT1", "VCLK1", "VCLK2", "VREF1", "MYSTERY"],
  devices: [
    { name: "1", type: "nmos4", nets: ["x", "VB1", "VSS", "VSS"] },
    { name: "2", type: "nmos4", nets: ["VOUT1", "VB2", "x", "VSS"] },
    { name: "3", type: "pmos4", nets: ["VOUT1", "VB3", "VDD", "VDD"] },
    { name: "4", type: "nmos4", nets: ["IB1", "IB1", "VSS", "VSS"] },
    { name: "5", type: "pmos4", nets: ["IB2", "IB2", "VDD", "VDD"] },
    { name: "6", type: "nmos4", nets: ["x", "VCLK1", "VREF1", "VSS"] },
    { name: "7", type: "nmos4", nets: ["x", "VCLK2", "MYSTERY", "VSS"] },
    { name: "8", type: "inductor", nets: ["x", "VSS"] },
  ],
});

function driveOf(deck: Deck, port: string): number | undefined {
  const series = deck.elements.find(({ name, nodes }) => name.endsWith("_series") && nodes[1] === `n_${port.toLowerCase()}`);
  return deck.elements.find(({ kind, nodes }) => kind === "voltage" && nodes[0] === series?.nodes[0])?.values.dc;
}

describe("genericBench", () => {
  const { deck } = genericBench(circuit, types, { supplyVolts: 1.8 });
  const resistorAt = (port: string) =>
    deck.elements.find(({ kind, nodes }) => kind === "resistor" && nodes.includes(`n_${port.toLowerCase()}`));

  it("biases gates from the rail that their devices stand on", () => {
    expect(driveOf(deck, "VB1")).toBeCloseTo(0.65);
    expect(driveOf(deck, "VB2")).toBeCloseTo(1);
    expect(driveOf(deck, "VB3")).toBeCloseTo(1.15);
  });

  it("feeds a bias current in the direction that its devices want", () => {
    expect(resistorAt("IB1")?.nodes).toEqual(["n_vdd", "n_ib1"]);
    expect(resistorAt("IB2")?.nodes).toEqual(["0", "n_ib2"]);
    expect(resistorAt("IB1")?.values.r).toBeCloseTo((1.8 - 0.65) / 10e-6);
  });

  it("drives clock phases apart, and only loads what is an output or controls nothing", () => {
    expect(driveOf(deck, "VCLK1")).toBe(1.8);
    expect(driveOf(deck, "VCLK2")).toBe(0);
    for (const output of ["VOUT1", "VREF1", "MYSTERY"]) {
      expect(driveOf(deck, output)).toBeUndefined();
      expect(resistorAt(output)?.values.r).toBe(10e6);
    }
  });

  it("gives coils a resistance and the supply a source, and every element a name of its own", () => {
    expect(deck.elements.find(({ name }) => name.endsWith("_winding"))?.values).toEqual({ r: 1 });
    expect(deck.elements.filter(({ kind, nodes }) => kind === "voltage" && nodes[0] === "n_vdd")).toHaveLength(1);
    const names = deck.elements.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("supplies bias currents where VDD is no port", () => {
    const ports = ["VSS", "IB1"];
    const devices = [{ name: "1", type: "nmos4", nets: ["IB1", "IB1", "VSS", "VSS"] }];
    const { deck: small } = genericBench(new Circuit({ name: "c", ports, devices }), types);
    expect(small.elements.some(({ kind, nodes }) => kind === "voltage" && nodes[0] === "n_vdd")).toBe(true);
  });
});

/** Answers each run with the next of these, and keeps what it was asked. */
function scriptedSimulator(answers: readonly SimulationResult[]): Simulator & { asked: { deck: Deck; request: RunRequest }[] } {
  const asked: { deck: Deck; request: RunRequest }[] = [];
  return {
    asked,
    capabilities: () => ({ engine: "script", version: "0", analyses: ["op"], elements: [], workers: 1, notes: [] }),
    open: (deck) =>
      Promise.resolve({
        run: (request: RunRequest) => {
          asked.push({ deck, request });
          const answer = answers[asked.length - 1];
          return answer === undefined ? Promise.reject(new Error("no more answers")) : Promise.resolve(answer);
        },
        close: () => Promise.resolve(),
      }),
    dispose: () => Promise.resolve(),
  };
}

function point(nodes: Record<string, number>, branches: Record<string, number> = {}): SimulationResult {
  return { status: "ok", convergence: "direct", analyses: [{ kind: "op", op: { nodes, branches, devices: {} } }] };
}

describe("checkSimulatable", () => {
  it("searches first with 1 GOhm on every node, then without, from where the first search ended", async () => {
    const simulator = scriptedSimulator([point({ n_x: 0.4 }), point({ n_x: 0.5 })]);
    expect(await checkSimulatable(circuit, { simulator, deviceTypes: types, timeoutMs: 700 })).toMatchObject({
      simulatable: true,
      op: { nodes: { n_x: 0.5 } },
    });
    const [first, second] = simulator.asked;
    const shunts = (deck: Deck | undefined): number => deck?.elements.filter(({ values }) => values.r === 1e9).length ?? 0;
    const nodes = new Set(second?.deck.elements.flatMap((element) => element.nodes));
    expect(shunts(first?.deck)).toBe(nodes.size - 1);
    expect(shunts(second?.deck)).toBe(0);
    expect(first?.request.nodeset).toBeUndefined();
    expect(second?.request).toMatchObject({ nodeset: { n_x: 0.4 }, timeoutMs: 700 });
  });

  it.each<[string, SimulationResult[], string, RegExp]>([
    [
      "a failure of the engine, in its words",
      [{ status: "no_convergence", message: "it would not settle" }],
      "no-convergence",
      /it would not settle/,
    ],
    ["a voltage beyond the window", [point({ n_x: 3 })], "voltage-out-of-window", /net "x" is at 3\.00 V/],
    [
      "a voltage beyond the window without shunts",
      [point({ n_x: 0 }), point({ n_x: -1.5 })],
      "voltage-out-of-window",
      /-1\.50 V/,
    ],
    ["a current that melts wires", [point({ n_x: 0 }, { p0_supply: -2 })], "supply-current", /2\.00 A/],
  ])("names %s", async (_what, answers, reason, message) => {
    const verdict = await checkSimulatable(circuit, { simulator: scriptedSimulator(answers), deviceTypes: types });
    expect(verdict).toMatchObject({ simulatable: false, reason });
    expect("message" in verdict ? verdict.message : "").toMatch(message);
  });
});
