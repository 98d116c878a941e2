import type { Simulator } from "../../contracts/simulator.js";
import type { Deck } from "../../contracts/deck.js";
import { promise } from "../conformance-check.js";
import {
  deckOf,
  near,
  PATIENT_MS,
  resultOf,
  simulatorCheck,
  withSession,
  type SharedSimulator,
  type Needs,
  type SimulatorCheck,
} from "./with-session.js";

/** Boltzmann's constant, J/K (exact since 2019). */
const BOLTZMANN = 1.380649e-23;

export const divider: Deck = deckOf([
  { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 3 } },
  { kind: "resistor", name: "top", nodes: ["a", "b"], values: { r: 1e3 } },
  { kind: "resistor", name: "bottom", nodes: ["b", "0"], values: { r: 2e3 } },
]);

export const lowPass: Deck = deckOf([
  { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 0, acmag: 1 } },
  { kind: "resistor", name: "r", nodes: ["a", "b"], values: { r: 1e3 } },
  { kind: "capacitor", name: "c", nodes: ["b", "0"], values: { c: 1e-9 } },
]);

/** Circuits whose answers are written on paper. */
export function linearCircuits(shared: SharedSimulator): readonly SimulatorCheck[] {
  const check = (name: string, needs: Needs, body: (simulator: Simulator) => Promise<void>): SimulatorCheck =>
    simulatorCheck(shared, name, needs, body);
  return [
    check("a divider divides, and the source's branch current has the contract's sign", {}, async (simulator) => {
      await withSession(simulator, divider, async (session) => {
        const { op } = resultOf(await session.run({ analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS }), "op");
        near("divider output", op.nodes.b, 2, 1e-9);
        near("branch current", op.branches.in, -1e-3, 1e-6);
      });
    }),
    check(
      "an RC low-pass has its pole within 0.1 % and its phase right",
      { elements: ["capacitor"], analyses: ["ac"] },
      async (simulator) => {
        await withSession(simulator, lowPass, async (session) => {
          const analyses = [{ kind: "ac", pointsPerDecade: 20, startHz: 1e3, stopHz: 1e7 }] as const;
          const { x, vectors } = resultOf(await session.run({ analyses, timeoutMs: PATIENT_MS }), "ac");
          promise(x.length === 81, `the sweep has ${x.length} points, not 81`);
          near("first frequency", x[0], 1e3, 1e-9);
          near("last frequency", x.at(-1), 1e7, 1e-6);
          const { re, im } = vectors.b ?? { re: new Float64Array(), im: new Float64Array() };
          x.forEach((hz, point) => {
            const omegaRc = 2 * Math.PI * hz * 1e-6;
            near(`real part at ${hz} Hz`, re[point], 1 / (1 + omegaRc ** 2), 1e-6);
            near(`imaginary part at ${hz} Hz`, im[point], -omegaRc / (1 + omegaRc ** 2), 1e-6);
          });
          const magnitudes = re.map((real, point) => Math.hypot(real, im[point] ?? 0));
          const above = magnitudes.findIndex((magnitude) => magnitude < Math.SQRT1_2);
          const [f0 = 0, f1 = 0] = x.slice(above - 1);
          const [m0 = 0, m1 = 0] = magnitudes.slice(above - 1);
          const pole = f0 * (f1 / f0) ** ((m0 - Math.SQRT1_2) / (m0 - m1));
          near("pole", pole, 1 / (2 * Math.PI * 1e-6), 1e-3);
        });
      },
    ),
    check(
      "an RC step response follows its exponential and ends on time",
      { elements: ["capacitor"], analyses: ["tran"] },
      async (simulator) => {
        const deck = deckOf([
          {
            kind: "voltage",
            name: "in",
            nodes: ["a", "0"],
            values: { dc: 0 },
            waveform: { kind: "pulse", low: 0, high: 1, delayS: 0, riseS: 1e-12, fallS: 1e-12, widthS: 1, periodS: 2 },
          },
          { kind: "resistor", name: "r", nodes: ["a", "b"], values: { r: 1e3 } },
          { kind: "capacitor", name: "c", nodes: ["b", "0"], values: { c: 1e-9 } },
        ]);
        await withSession(simulator, deck, async (session) => {
          const analyses = [{ kind: "tran", stepS: 5e-9, stopS: 5e-6, maxStepS: 5e-9 }] as const;
          const { x, vectors } = resultOf(await session.run({ analyses, save: ["b", "i(in)"], timeoutMs: PATIENT_MS }), "tran");
          near("last time", x.at(-1), 5e-6, 1e-6);
          promise(Object.keys(vectors).join() === "b,i(in)", `vectors are ${Object.keys(vectors).join()}, not b,i(in)`);
          x.forEach((time, point) => {
            if (time < 1e-8) return;
            const left = Math.exp(-time / 1e-6);
            near(`output at ${time} s`, (vectors.b?.[point] ?? Number.NaN) + left, 1, 1e-3);
            near(`current at ${time} s`, (vectors["i(in)"]?.[point] ?? Number.NaN) * 1e3 - 1, -left - 1, 1e-3);
          });
        });
      },
    ),
    check(
      "sources, controlled sources and inductors have the contract's directions",
      { elements: ["current", "vcvs", "inductor", "vccs"] },
      async (simulator) => {
        const deck = deckOf([
          { kind: "current", name: "push", nodes: ["0", "a"], values: { dc: 1e-3 } },
          { kind: "resistor", name: "load", nodes: ["a", "0"], values: { r: 1e3 } },
          { kind: "vcvs", name: "times", nodes: ["e", "0", "a", "0"], values: { gain: -4 } },
          { kind: "inductor", name: "coil", nodes: ["e", "f"], values: { l: 1e-6 } },
          { kind: "resistor", name: "after", nodes: ["f", "0"], values: { r: 2e3 } },
          { kind: "vccs", name: "pull", nodes: ["g", "0", "a", "0"], values: { gain: 2e-3 } },
          { kind: "resistor", name: "end", nodes: ["g", "0"], values: { r: 1e3 } },
        ]);
        await withSession(simulator, deck, async (session) => {
          const { op } = resultOf(await session.run({ analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS }), "op");
          near("node driven by the current source", op.nodes.a, 1, 1e-6);
          near("vcvs output", op.nodes.e, -4, 1e-6);
          near("inductor current", op.branches.coil, -2e-3, 1e-6);
          near("vccs output", op.nodes.g, -2, 1e-6);
        });
      },
    ),
    check("a dc sweep runs up and down over every point", { analyses: ["dc"] }, async (simulator) => {
      await withSession(simulator, divider, async (session) => {
        const run = async (start: number, stop: number, step: number): Promise<void> => {
          const analyses = [{ kind: "dc", source: "in", start, stop, step }] as const;
          const { x, vectors } = resultOf(await session.run({ analyses, timeoutMs: PATIENT_MS }), "dc");
          promise(x.length === 31, `the sweep from ${start} to ${stop} has ${x.length} points, not 31`);
          near("last value", x.at(-1), stop, 1e-9);
          x.forEach((volts, point) => near("output", vectors.b?.[point], (volts * 2) / 3, 1e-9));
        };
        await run(0, 3, 0.1);
        await run(3, 0, -0.1);
      });
    }),
    check("a resistor's noise is 4kTR", { analyses: ["noise"] }, async (simulator) => {
      const deck = deckOf([
        { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 0, acmag: 1 } },
        { kind: "resistor", name: "top", nodes: ["a", "b"], values: { r: 1e4 } },
        { kind: "resistor", name: "bottom", nodes: ["b", "0"], values: { r: 1e4 } },
      ]);
      await withSession(simulator, deck, async (session) => {
        const analyses = [{ kind: "noise", output: "b", input: "in", pointsPerDecade: 5, startHz: 10, stopHz: 1e6 }] as const;
        const { x, output, input } = resultOf(await session.run({ analyses, timeoutMs: PATIENT_MS }), "noise");
        promise(x.length === 26, `the sweep has ${x.length} points, not 26`);
        const expected = 4 * BOLTZMANN * 300.15 * 5e3;
        output.forEach((density) => near("output noise, V²/Hz", density, expected, 1e-4));
        // Half of the input reaches the output, so what the output has is four times as much at the input.
        input.forEach((density) => near("input noise, V²/Hz", density, 4 * expected, 1e-4));
        const beside = await session.run({ set: { "in.dc": 1 }, analyses: [...analyses, { kind: "op" }], timeoutMs: PATIENT_MS });
        near("operating point beside noise", resultOf(beside, "op").op.nodes.b, 0.5, 1e-6);
        near("noise beside an operating point, V²/Hz", resultOf(beside, "noise").output[0], expected, 1e-4);
      });
    }),
    check(
      "several analyses in one run come back whole and in order",
      { elements: ["capacitor"], analyses: ["ac", "tran", "noise", "dc"] },
      async (simulator) => {
        await withSession(simulator, lowPass, async (session) => {
          const ac = { kind: "ac", pointsPerDecade: 10, startHz: 1, stopHz: 1e9 } as const;
          const tran = { kind: "tran", stepS: 1e-8, stopS: 1e-6 } as const;
          const noise = { kind: "noise", output: "b", input: "in", pointsPerDecade: 10, startHz: 1, stopHz: 1e3 } as const;
          const dc = { kind: "dc", source: "in", start: 0, stop: 1, step: 0.5 } as const;
          const analyses = [tran, ac, { kind: "op" }, noise, dc] as const;
          const result = await session.run({ set: { "in.dc": 0.5 }, analyses, timeoutMs: PATIENT_MS });
          promise(result.status === "ok", `the run failed: ${JSON.stringify(result)}`);
          const kinds = result.analyses.map((analysis) => analysis.kind).join();
          promise(kinds === "tran,ac,op,noise,dc", `results came as ${kinds}`);
          near("operating point", resultOf(result, "op").op.nodes.b, 0.5, 1e-6);
          promise(resultOf(result, "ac").x.length === 91, "the ac sweep is not of 91 points");
          promise(resultOf(result, "noise").x.length === 31, "the noise sweep is not of 31 points");
          near("last dc value", resultOf(result, "dc").vectors.b?.[2], 1, 1e-9);
          near("last transient value", resultOf(result, "tran").vectors.b?.at(-1), 0.5, 1e-6);
        });
      },
    ),
  ];
}
