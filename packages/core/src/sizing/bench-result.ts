import type { SimulationOk } from "../contracts/simulator.js";
import { TopogenieError } from "../runtime/error.js";

/** The result of a family's bench. Throws `BENCH_RESULT_MISSING`: every bench is run before anything is measured. */
export function benchResult(results: Readonly<Record<string, SimulationOk>>, bench: string): SimulationOk {
  const result = results[bench];
  if (result !== undefined) return result;
  throw new TopogenieError(
    "BENCH_RESULT_MISSING",
    `The family's measurements need the result of its bench "${bench}", and were given those of ` +
      `${Object.keys(results).join(", ") || "none"}.`,
  );
}
