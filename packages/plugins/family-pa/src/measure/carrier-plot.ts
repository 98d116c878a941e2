import type { Plot, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "../bench/carrier-bench.js";

/** The voltage across the load from the first instant on. */
export function carrierPlot(result: SimulationOk): readonly Plot[] {
  return result.analyses.flatMap((analysis) => {
    const output = analysis.kind === "tran" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "tran" || output === undefined) return [];
    return [
      {
        title: "Load voltage",
        x: { title: "Time", unit: "s", scale: "linear" as const, values: analysis.x },
        series: [{ title: "Output", unit: "V", values: output }],
      },
    ];
  });
}
