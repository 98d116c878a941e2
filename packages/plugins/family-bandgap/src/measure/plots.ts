import type { Plot, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "../bench/bandgap-deck.js";

export function startUpPlots(result: SimulationOk): readonly Plot[] {
  return result.analyses.flatMap((analysis): Plot[] => {
    const output = analysis.kind === "tran" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "tran" || output === undefined) return [];
    return [
      {
        title: "Output while the supply rises",
        x: { title: "time", unit: "s", scale: "linear", values: analysis.x },
        series: [{ title: "output", unit: "V", values: output }],
      },
    ];
  });
}
