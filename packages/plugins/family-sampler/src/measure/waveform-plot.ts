import type { Plot, SimulationOk } from "@topogenie/core";
import { INPUT_NODE, OUTPUT_NODE } from "../bench/sampler-bench.js";

/** Input and output over the samples that are measured; nothing when the result has no transient analysis. */
export function waveformPlot(result: SimulationOk): readonly Plot[] {
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  if (tran === undefined) return [];
  const series = [
    { title: "Input", node: INPUT_NODE },
    { title: "Output", node: OUTPUT_NODE },
  ].flatMap(({ title, node }) => {
    const values = tran.vectors[node];
    return values === undefined ? [] : [{ title, unit: "V", values }];
  });
  return [{ title: "Tracking and holding", x: { title: "Time", unit: "s", scale: "linear", values: tran.x }, series }];
}
