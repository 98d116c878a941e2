import type { Deck, DeckElement, ModelCard } from "../../contracts/deck.js";
import type { Simulator } from "../../contracts/simulator.js";
import { promise } from "../conformance-check.js";
import { deckOf, near, PATIENT_MS, resultOf, simulatorCheck, withSession } from "./with-session.js";
import type { SharedSimulator, SimulatorCheck } from "./with-session.js";

const SUPPLY_VOLTS = 1.8;
/** Of a chain's delay of some hundred picoseconds. */
const DELAY_TOLERANCE_S = 2e-12;

const models: readonly ModelCard[] = [
  { name: "nch", type: "nmos", parameters: { level: 14, lpe0: 0, toxe: 4e-9, vth0: 0.45 } },
  { name: "pch", type: "pmos", parameters: { level: 14, lpe0: 0, toxe: 4e-9, vth0: -0.45 } },
];

/** Four inverters in a row, which rest for most of the time. */
function chain(): Deck {
  const nets = ["in", "a", "b", "c", "out"];
  const edges = { riseS: 50e-12, fallS: 50e-12, widthS: 4e-9, delayS: 1e-9, periodS: 10e-9 };
  const elements = nets.slice(1).flatMap((net, index): DeckElement[] => {
    const input = nets[index] ?? "";
    return [
      { kind: "mosfet", name: `n${net}`, nodes: [net, input, "0", "0"], model: "nch", values: { w: 1e-6, l: 1.8e-7 } },
      { kind: "mosfet", name: `p${net}`, nodes: [net, input, "vdd", "vdd"], model: "pch", values: { w: 3e-6, l: 1.8e-7 } },
      { kind: "capacitor", name: `c${net}`, nodes: [net, "0"], values: { c: 2e-14 } },
    ];
  });
  return deckOf(
    [
      { kind: "voltage", name: "dd", nodes: ["vdd", "0"], values: { dc: SUPPLY_VOLTS } },
      {
        kind: "voltage",
        name: "drive",
        nodes: ["in", "0"],
        values: { dc: 0 },
        waveform: { kind: "pulse", low: 0, high: SUPPLY_VOLTS, ...edges },
      },
      ...elements,
    ],
    models,
  );
}

/** A deck may allow a transient to reuse the currents of devices at rest, at no more than the solver's tolerance. */
export function bypass(shared: SharedSimulator): readonly SimulatorCheck[] {
  return [
    simulatorCheck(
      shared,
      "a transient that may bypass resting devices has the same edges and levels, run after run",
      { elements: ["mosfet", "capacitor"], analyses: ["tran"] },
      async (simulator) => {
        const every = await transitions(simulator, chain());
        const [bypassed, again] = [
          await transitions(simulator, { ...chain(), bypass: true }),
          await transitions(simulator, { ...chain(), bypass: true }),
        ];
        promise(every.times.length === 4, `the chain's output has ${every.times.length} edges, not 4`);
        promise(bypassed.times.length === 4, `with bypass it has ${bypassed.times.length} edges, not 4`);
        every.times.forEach((time, index) => {
          const shift = Math.abs((bypassed.times[index] ?? Number.NaN) - time);
          promise(shift <= DELAY_TOLERANCE_S, `with bypass edge ${index + 1} moved by ${shift} s`);
        });
        // Above the supply's, since a relative tolerance of a level near zero would ask for nanovolts.
        near("level at the end with bypass, over one supply", bypassed.last + SUPPLY_VOLTS, every.last + SUPPLY_VOLTS, 1e-3);
        promise(JSON.stringify(bypassed) === JSON.stringify(again), "with bypass two runs differ");
      },
    ),
  ];
}

/** Where the output passes half the supply, seconds, and its last value. */
async function transitions(simulator: Simulator, deck: Deck): Promise<{ readonly times: number[]; readonly last: number }> {
  return withSession(simulator, deck, async (session) => {
    const analyses = [{ kind: "tran", stepS: 2e-11, stopS: 18e-9, maxStepS: 2e-11 }] as const;
    const { x, vectors } = resultOf(await session.run({ analyses, save: ["out"], timeoutMs: PATIENT_MS }), "tran");
    const volts = vectors.out ?? new Float64Array();
    const times: number[] = [];
    for (let index = 1; index < x.length; index++) {
      const [before = 0, after = 0] = [volts[index - 1], volts[index]].map((value) => (value ?? 0) - SUPPLY_VOLTS / 2);
      if (before < 0 === after < 0) continue;
      const from = x[index - 1] ?? 0;
      times.push(from + (before / (before - after)) * ((x[index] ?? 0) - from));
    }
    return { times, last: volts.at(-1) ?? Number.NaN };
  });
}
