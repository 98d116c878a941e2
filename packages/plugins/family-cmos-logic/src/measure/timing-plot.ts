import type { Plot, SimulationOk } from "@topogenie/core";
import { CLOCK_NODE, INPUT_PREFIX, OUTPUT_PREFIX } from "../bench/logic-bench.js";

/** Timing diagram of clock, inputs and outputs; nothing when the result has no transient analysis. */
export function timingPlot(result: SimulationOk): readonly Plot[] {
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  if (tran === undefined) return [];
  const series = Object.entries(tran.vectors)
    .filter(([name]) => name === CLOCK_NODE || name.startsWith(INPUT_PREFIX) || name.startsWith(OUTPUT_PREFIX))
    .map(([name, values]) => ({ title: titleOf(name), unit: "V", values }));
  return [{ title: "Timing", x: { title: "Time", unit: "s", scale: "linear", values: tran.x }, series }];
}

function titleOf(name: string): string {
  if (name === CLOCK_NODE) return "Clock";
  return name.startsWith(INPUT_PREFIX)
    ? `Input ${name.slice(INPUT_PREFIX.length)}`
    : `Output ${name.slice(OUTPUT_PREFIX.length)}`;
}
