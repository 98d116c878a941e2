import type { Plot, SimulationOk } from "@topogenie/core";
import { CLOCK_NODE, DECISION_NODE, DIFFERENCE_NODE } from "../bench/decision-bench.js";

export function decisionPlots(result: SimulationOk): readonly Plot[] {
  return result.analyses.flatMap((analysis): Plot[] => {
    if (analysis.kind !== "tran") return [];
    const series = [
      { title: "decision", node: DECISION_NODE },
      { title: "clock", node: CLOCK_NODE },
      { title: "input difference", node: DIFFERENCE_NODE },
    ].flatMap(({ title, node }) => {
      const values = analysis.vectors[node];
      return values === undefined ? [] : [{ title, unit: "V", values }];
    });
    return [{ title: "Decisions", x: { title: "time", unit: "s", scale: "linear", values: analysis.x }, series }];
  });
}
