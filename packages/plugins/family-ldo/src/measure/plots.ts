import type { Plot, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE, SUPPLY_SOURCE } from "../bench/ldo-deck.js";

/** Output over supply at full load, and the supply's ripple that reaches the output. */
export function supplyPlots(result: SimulationOk): readonly Plot[] {
  const [, , supply, , ripple] = result.analyses;
  const plots: Plot[] = [];
  const output = supply?.kind === "dc" ? supply.vectors[OUTPUT_NODE] : undefined;
  if (supply?.kind === "dc" && output !== undefined) {
    plots.push({
      title: "Output at full load",
      x: { title: SUPPLY_SOURCE, unit: "V", scale: "linear", values: supply.x },
      series: [{ title: "output", unit: "V", values: output }],
    });
  }
  const spectrum = ripple?.kind === "ac" ? ripple.vectors[OUTPUT_NODE] : undefined;
  if (ripple?.kind === "ac" && spectrum !== undefined) {
    const values = spectrum.re.map((real, index) => -20 * Math.log10(Math.hypot(real, spectrum.im[index] ?? 0)));
    plots.push({
      title: "Power supply rejection at full load",
      x: { title: "frequency", unit: "Hz", scale: "log", values: ripple.x },
      series: [{ title: "rejection", unit: "dB", values }],
    });
  }
  return plots;
}

export function loadStepPlots(result: SimulationOk): readonly Plot[] {
  return result.analyses.flatMap((analysis): Plot[] => {
    const output = analysis.kind === "tran" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "tran" || output === undefined) return [];
    return [
      {
        title: "Output while the load steps up and down",
        x: { title: "time", unit: "s", scale: "linear", values: analysis.x },
        series: [{ title: "output", unit: "V", values: output }],
      },
    ];
  });
}
