import type { Plot, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "../bench/conversion-bench.js";

/** The output over time: small signal, reversed, large. */
export function conversionPlot(result: SimulationOk): readonly Plot[] {
  return result.analyses.flatMap((analysis) => {
    const output = analysis.kind === "tran" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "tran" || output === undefined) return [];
    return [
      {
        title: "Output",
        x: { title: "Time", unit: "s", scale: "linear" as const, values: analysis.x },
        series: [{ title: "Output", unit: "V", values: output }],
      },
    ];
  });
}
