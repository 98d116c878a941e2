import type { Plot, SimulationOk } from "@topogenie/core";

/** The output over the measured periods; nothing when the result has no transient analysis. */
export function waveformPlot(result: SimulationOk, node: string): readonly Plot[] {
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  const values = tran?.vectors[node];
  if (tran === undefined || values === undefined) return [];
  return [
    {
      title: "Output in steady state",
      x: { title: "Time", unit: "s", scale: "linear", values: tran.x },
      series: [{ title: "Output", unit: "V", values }],
    },
  ];
}
