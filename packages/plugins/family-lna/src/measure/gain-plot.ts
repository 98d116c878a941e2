import type { Plot, SimulationOk } from "@topogenie/core";
import { INPUT_NODE, OUTPUT_NODE } from "../bench/drawn-bench.js";
import type { LnaOptions } from "../options.js";
import { reflection, transducerGain } from "./scattering.js";

/** Gain and input reflection over frequency, for a single-ended input. */
export function gainPlot(result: SimulationOk, options: LnaOptions): readonly Plot[] {
  return result.analyses.flatMap((analysis) => {
    const input = analysis.kind === "ac" ? analysis.vectors[INPUT_NODE] : undefined;
    const output = analysis.kind === "ac" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "ac" || input === undefined || output === undefined) return [];
    const phasor = ({ re, im }: typeof input, index: number): { re: number; im: number } => ({
      re: re[index] ?? Number.NaN,
      im: im[index] ?? Number.NaN,
    });
    const decibels = (index: number): number =>
      10 * Math.log10(transducerGain(phasor(output, index), options.sourceOhms, options.loadOhms));
    return [
      {
        title: "Gain and input match",
        x: { title: "Frequency", unit: "Hz", scale: "log" as const, values: analysis.x },
        series: [
          { title: "Transducer gain", unit: "dB", values: analysis.x.map((_, index) => decibels(index)) },
          {
            title: "Input reflection",
            unit: "dB",
            values: analysis.x.map((_, index) => 20 * Math.log10(reflection(phasor(input, index)))),
          },
        ],
      },
    ];
  });
}
