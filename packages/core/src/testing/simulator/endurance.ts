import { createRng } from "../../runtime/rng.js";
import { promise } from "../conformance-check.js";
import { lowPass } from "./linear-circuits.js";
import { near, PATIENT_MS, resultOf, simulatorCheck, type SharedSimulator, type SimulatorCheck } from "./with-session.js";

const RUNS = 1000;
/** An engine that leaks what ngspice is known to leak, 0.05 to 0.2 MB a run, is far beyond it. */
const MOST_GROWTH_BYTES = 40e6;

/** Many runs in one. benchmarks/simulator/memory.mjs prints the same for 10,000 of a real circuit. */
export function endurance(shared: SharedSimulator): readonly SimulatorCheck[] {
  return [
    simulatorCheck(
      shared,
      `${RUNS} runs, loaded anew now and then, are all right and leave memory bounded`,
      { elements: ["capacitor"], analyses: ["ac"] },
      async (simulator) => {
        const rng = createRng("endurance");
        let session = await simulator.open(lowPass);
        let before = 0;
        for (let run = 0; run < RUNS; run++) {
          if (run % 50 === 49) {
            await session.close();
            session = await simulator.open(lowPass);
          }
          // The first runs fill caches and let the heap find its size.
          if (run === RUNS / 10) before = process.memoryUsage().rss;
          const volts = 1 + rng.uniform();
          const analyses = [{ kind: "op" }, { kind: "ac", pointsPerDecade: 2, startHz: 1, stopHz: 1e3 }] as const;
          const result = await session.run({ set: { "in.dc": volts }, analyses, timeoutMs: PATIENT_MS });
          near(`output of run ${run}`, resultOf(result, "op").op.nodes.b, volts, 1e-6);
        }
        await session.close();
        const grown = process.memoryUsage().rss - before;
        promise(grown < MOST_GROWTH_BYTES, `memory grew by ${(grown / 1e6).toFixed(0)} MB over ${RUNS} runs`);
      },
    ),
  ];
}
