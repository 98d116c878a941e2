import type { Plot, SimulationOk } from "@topogenie/core";
import { unwrappedPhase } from "./unwrapped-phase.js";

/** Gain and phase over frequency of an ac result's node; nothing when the result has no ac analysis. */
export function bodePlot(result: SimulationOk, node: string): readonly Plot[] {
  const ac = result.analyses.find((analysis) => analysis.kind === "ac");
  const gain = ac?.vectors[node];
  if (ac === undefined || gain === undefined) return [];
  return [
    {
      title: "Open-loop gain and phase",
      x: { title: "Frequency", unit: "Hz", scale: "log", values: ac.x },
      series: [
        { title: "Gain", unit: "dB", values: gain.re.map((re, index) => 20 * Math.log10(Math.hypot(re, gain.im[index] ?? 0))) },
        { title: "Phase", unit: "deg", values: unwrappedPhase(gain.re, gain.im) },
      ],
    },
  ];
}
