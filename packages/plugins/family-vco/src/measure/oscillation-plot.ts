import type { Plot, SimulationOk } from "@topogenie/core";
import { CONTROL_NODE, OUTPUT_NODE } from "../bench/oscillation-bench.js";

/** The observed voltage over time, and the control voltage where there is one. */
export function oscillationPlot(result: SimulationOk): readonly Plot[] {
  return result.analyses.flatMap((analysis) => {
    const output = analysis.kind === "tran" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "tran" || output === undefined) return [];
    const control = analysis.vectors[CONTROL_NODE];
    return [
      {
        title: "Oscillation",
        x: { title: "Time", unit: "s", scale: "linear" as const, values: analysis.x },
        series: [
          { title: "Output", unit: "V", values: output },
          ...(control === undefined ? [] : [{ title: "Control", unit: "V", values: control }]),
        ],
      },
    ];
  });
}
