import type { DeckElement, Waveform } from "../../contracts/deck.js";
import type { RunRequest } from "../../contracts/simulator.js";
import { promise } from "../conformance-check.js";
import {
  deckOf,
  near,
  okResult,
  PATIENT_MS,
  resultOf,
  simulatorCheck,
  type SharedSimulator,
  type SimulatorCheck,
} from "./with-session.js";

const waveforms: readonly { readonly waveform: Waveform; readonly at: (timeS: number) => number }[] = [
  {
    waveform: { kind: "pulse", low: 1e-3, high: 3e-3, delayS: 1e-6, riseS: 1e-6, fallS: 1e-6, widthS: 2e-6, periodS: 20e-6 },
    at: (timeS) => 1e-3 + 2e-3 * Math.max(0, Math.min(1, timeS * 1e6 - 1, 5 - timeS * 1e6)),
  },
  {
    waveform: { kind: "sine", offset: 2e-3, amplitude: 1e-3, frequencyHz: 1e5 },
    at: (timeS) => 2e-3 + 1e-3 * Math.sin(2 * Math.PI * 1e5 * timeS),
  },
  {
    waveform: {
      kind: "pwl",
      points: [
        [0, 1e-3],
        [2e-6, 1e-3],
        [4e-6, -1e-3],
        [10e-6, 0],
      ],
    },
    at: (timeS) => (timeS <= 2e-6 ? 1e-3 : timeS <= 4e-6 ? 1e-3 - 1e3 * (timeS - 2e-6) : -1e-3 + (1e-3 / 6e-6) * (timeS - 4e-6)),
  },
];

const tran: RunRequest = { analyses: [{ kind: "tran", stepS: 1e-8, stopS: 1e-5, maxStepS: 1e-8 }], timeoutMs: PATIENT_MS };
const op: RunRequest = { analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS };

/** A waveform rules the transient, the dc value everything else; to set one does not touch the other. */
export function sourceWaveforms(shared: SharedSimulator): readonly SimulatorCheck[] {
  return (["current", "voltage"] as const).flatMap((kind) =>
    waveforms.map(({ waveform, at }) =>
      simulatorCheck(
        shared,
        `a ${kind} source keeps its ${waveform.kind} when its dc value is set`,
        { elements: [kind], analyses: ["tran"] },
        async (simulator) => {
          // One volt a milliampere, either way.
          const scale = kind === "current" ? 1e3 : 1;
          const own: DeckElement = {
            kind,
            name: "s",
            nodes: kind === "current" ? ["0", "a"] : ["a", "0"],
            values: { dc: 5e-3 },
            waveform,
          };
          const load: DeckElement = { kind: "resistor", name: "load", nodes: ["a", "0"], values: { r: 1e3 } };
          const follows = (when: string, result: Awaited<ReturnType<typeof run>>): void => {
            const { x, vectors } = resultOf(result, "tran");
            promise(x.length > 500, `the transient ${when} has ${x.length} points`);
            x.forEach((timeS, point) => {
              const error = Math.abs((vectors.a?.[point] ?? Number.NaN) - scale * at(timeS));
              promise(error <= 1e-5 * scale, `${when}, at ${timeS} s, the source is ${error / scale} off its waveform`);
            });
          };
          const run = (request: RunRequest) => session.run(request);
          const session = await simulator.open(deckOf([own, load]));
          try {
            near("operating point of the deck", resultOf(await run(op), "op").op.nodes.a, 5e-3 * scale, 1e-6);
            follows("before", await run(tran));
            near(
              "after setting dc",
              resultOf(await run({ ...op, set: { "s.dc": -7e-3 } }), "op").op.nodes.a,
              -7e-3 * scale,
              1e-6,
            );
            follows("after setting dc", await run(tran));
            const both = okResult(await run({ ...tran, analyses: [...tran.analyses, { kind: "op" }], set: { "s.dc": 2e-3 } }));
            near("operating point beside a transient", resultOf(both, "op").op.nodes.a, 2e-3 * scale, 1e-6);
            follows("beside an operating point", both);
          } finally {
            await session.close();
          }
        },
      ),
    ),
  );
}
