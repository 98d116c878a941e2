import { crossings } from "@topogenie/building-blocks";
import type { Plot, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "../bench/pll-bench.js";
import type { PllOptions } from "../options.js";

/** Frequency of the output over time, from one rising edge to the next; nothing when it never rises twice. */
export function lockPlot(result: SimulationOk, { supplyVolts }: PllOptions): readonly Plot[] {
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = tran?.vectors[OUTPUT_NODE];
  if (tran === undefined || output === undefined) return [];
  const edges = crossings(tran.x, output, supplyVolts / 2, "rising");
  const later = edges.slice(1);
  if (later.length === 0) return [];
  const values = Float64Array.from(later, (edge, index) => 1 / (edge - (edges[index] ?? 0)));
  return [
    {
      title: "Locking",
      x: { title: "Time", unit: "s", scale: "linear", values: Float64Array.from(later) },
      series: [{ title: "Output frequency", unit: "Hz", values }],
    },
  ];
}
