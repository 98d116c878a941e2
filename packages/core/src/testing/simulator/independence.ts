import type { Deck, ModelCard } from "../../contracts/deck.js";
import type { RunRequest, SimulationResult, Simulator, SimulatorCapabilities } from "../../contracts/simulator.js";
import { promise } from "../conformance-check.js";
import { divider } from "./linear-circuits.js";
import {
  deckOf,
  near,
  okResult,
  PATIENT_MS,
  resultOf,
  simulatorCheck,
  withSession,
  type SharedSimulator,
  type Needs,
  type SimulatorCheck,
} from "./with-session.js";

const models: readonly ModelCard[] = [
  { name: "nch", type: "nmos", parameters: { level: 14, lpe0: 0, toxe: 4e-9, vth0: 0.45 } },
  { name: "pch", type: "pmos", parameters: { level: 14, lpe0: 0, toxe: 4e-9, vth0: -0.45 } },
];

/** A common-source stage with a mirror load: enough transistors for rounding to show. */
const amplifier: Deck = deckOf(
  [
    { kind: "voltage", name: "dd", nodes: ["vdd", "0"], values: { dc: 1.8 } },
    { kind: "voltage", name: "in", nodes: ["in", "0"], values: { dc: 0.6, acmag: 1 } },
    { kind: "current", name: "bias", nodes: ["ref", "0"], values: { dc: 2e-5 } },
    { kind: "mosfet", name: "n", nodes: ["out", "in", "0", "0"], model: "nch", values: { w: 5e-6, l: 5e-7 } },
    { kind: "mosfet", name: "p", nodes: ["out", "ref", "vdd", "vdd"], model: "pch", values: { w: 1e-5, l: 5e-7 } },
    { kind: "mosfet", name: "q", nodes: ["ref", "ref", "vdd", "vdd"], model: "pch", values: { w: 1e-5, l: 5e-7 } },
    { kind: "capacitor", name: "load", nodes: ["out", "0"], values: { c: 1e-12 } },
  ],
  models,
);

/** A circuit and sizings of it: the hardest that the simulator has the elements and analyses for. */
interface Specimen {
  readonly deck: Deck;
  readonly sizing: (number: number) => RunRequest;
}

function specimenFor({ elements, analyses }: SimulatorCapabilities): Specimen {
  const op = { kind: "op" } as const;
  const wanted = analyses.includes("ac") ? [op, { kind: "ac", pointsPerDecade: 5, startHz: 1, stopHz: 1e9 } as const] : [op];
  if (amplifier.elements.every(({ kind }) => elements.includes(kind))) {
    return {
      deck: amplifier,
      sizing: (number) => ({
        set: { "n.w": 5e-6 * (1 + number / 7), "p.w": 1e-5 / (1 + number / 11), "bias.dc": 2e-5 * (1 + number / 13) },
        analyses: wanted,
        devices: ["n", "p"],
        timeoutMs: PATIENT_MS,
      }),
    };
  }
  return {
    deck: divider,
    sizing: (number) => ({
      set: { "top.r": 1e3 * (1 + number / 7), "in.dc": 3 * (1 + number / 11) },
      analyses: wanted,
      timeoutMs: PATIENT_MS,
    }),
  };
}

function bits(result: SimulationResult): string {
  return JSON.stringify(okResult(result), (_key, value: unknown) => (value instanceof Float64Array ? [...value] : value));
}

/** A result is a function of the deck, the values set, the analyses and the nodeset: of nothing else, to the last bit. */
export function independence(shared: SharedSimulator): readonly SimulatorCheck[] {
  const check = (name: string, needs: Needs, body: (simulator: Simulator) => Promise<void>): SimulatorCheck =>
    simulatorCheck(shared, name, needs, body);
  return [
    check("what ran before does not change a result by a bit", {}, async (simulator) => {
      const { deck, sizing } = specimenFor(simulator.capabilities());
      const order = [0, 1, 2, 3, 4, 5];
      const inOrder = async (numbers: readonly number[]): Promise<Map<number, string>> =>
        withSession(simulator, deck, async (session) => {
          const results = new Map<number, string>();
          for (const number of numbers) results.set(number, bits(await session.run(sizing(number))));
          return results;
        });
      const forwards = await inOrder(order);
      const backwards = await inOrder(order.toReversed());
      for (const number of order) {
        const alone = await inOrder([number]);
        promise(forwards.get(number) === backwards.get(number), `sizing ${number} differs with the order of runs`);
        promise(forwards.get(number) === alone.get(number), `sizing ${number} differs when it runs alone`);
      }
      promise(new Set(forwards.values()).size === order.length, "different sizings gave the same result");
    }),
    check("a value that was set equals the same value in the deck", {}, async (simulator) => {
      const { deck, sizing } = specimenFor(simulator.capabilities());
      const { set = {}, ...request } = sizing(3);
      const withSet = await withSession(simulator, deck, async (session) => bits(await session.run(sizing(3))));
      const elements = deck.elements.map((element) => ({
        ...element,
        values: Object.fromEntries(
          Object.entries(element.values).map(([name, value]) => [name, set[`${element.name}.${name}`] ?? value]),
        ),
      }));
      const inDeck = await withSession(simulator, { ...deck, elements }, async (session) => bits(await session.run(request)));
      promise(withSet === inDeck, "set and deck give different results");
    }),
    check("runs started together are each answered with their own result", {}, async (simulator) => {
      await withSession(simulator, divider, async (session) => {
        const inputs = Array.from({ length: 20 }, (_, index) => index + 1);
        const runs = inputs.map((volts) =>
          session.run({ set: { "in.dc": volts }, analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS }),
        );
        for (const [index, result] of (await Promise.all(runs)).entries()) {
          near("divider output", resultOf(result, "op").op.nodes.b, ((index + 1) * 2) / 3, 1e-9);
        }
      });
    }),
    check("sessions do not disturb one another, however many are open", {}, async (simulator) => {
      const sessions = await Promise.all(Array.from({ length: 12 }, () => simulator.open(divider)));
      const request = { analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS } as const;
      for (const [index, session] of sessions.entries()) await session.run({ ...request, set: { "in.dc": index + 1 } });
      for (const [index, session] of [...sessions.entries()].toReversed()) {
        near(`session ${index}`, resultOf(await session.run(request), "op").op.nodes.b, ((index + 1) * 2) / 3, 1e-9);
      }
      await Promise.all(sessions.map((session) => session.close()));
    }),
    check("values stay until set again, and a request with a wrong key sets none", {}, async (simulator) => {
      await withSession(simulator, divider, async (session) => {
        const output = async (set: Record<string, number>): Promise<number | undefined> =>
          resultOf(await session.run({ set, analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS }), "op").op.nodes.b;
        near("first", await output({ "in.dc": 6 }), 4, 1e-9);
        near("input kept", await output({ "bottom.r": 1e3 }), 3, 1e-9);
        for (const wrong of [
          { "in.dc": 9, "nobody.r": 1 },
          { "in.dc": 9, "bottom.w": 1 },
          { "in.dc": Number.NaN },
          { "in.dc;quit": 1 },
        ]) {
          const result = await session.run({ set: wrong, analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS });
          promise(result.status === "parse_error", `a wrong key gave ${result.status}`);
        }
        near("after wrong keys", await output({}), 3, 1e-9);
      });
    }),
    check(
      "a nodeset chooses between two stable states, and is forgotten when the next run has none",
      { elements: ["mosfet"] },
      async (simulator) => {
        const inverter = (name: string, input: string, output: string) =>
          [
            { kind: "mosfet", name: `${name}n`, nodes: [output, input, "0", "0"], model: "nch", values: { w: 2e-6, l: 5e-7 } },
            {
              kind: "mosfet",
              name: `${name}p`,
              nodes: [output, input, "vdd", "vdd"],
              model: "pch",
              values: { w: 6e-6, l: 5e-7 },
            },
          ] as const;
        const supply = { kind: "voltage", name: "dd", nodes: ["vdd", "0"], values: { dc: 1.8 } } as const;
        const latch = deckOf([supply, ...inverter("x", "a", "b"), ...inverter("y", "b", "a")], models);
        await withSession(simulator, latch, async (session) => {
          const state = async (nodeset?: Record<string, number>): Promise<string> => {
            const request = {
              analyses: [{ kind: "op" }],
              timeoutMs: PATIENT_MS,
              ...(nodeset === undefined ? {} : { nodeset }),
            } as const;
            const { op } = resultOf(await session.run(request), "op");
            return `${(op.nodes.a ?? 0).toFixed(3)} ${(op.nodes.b ?? 0).toFixed(3)}`;
          };
          const before = await state();
          promise((await state({ a: 1.8, b: 0 })) === "1.800 0.000", "the nodeset was not followed");
          promise((await state({ a: 0, b: 1.8 })) === "0.000 1.800", "the opposite nodeset was not followed");
          promise((await state()) === before, "a run without nodeset still followed the last one");
        });
      },
    ),
  ];
}
