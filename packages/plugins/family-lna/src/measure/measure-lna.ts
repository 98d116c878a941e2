import { fourierComponent, sourcedAmperes } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { INPUT_NODE, OUTPUT_NODE, SUPPLY_SOURCE } from "../bench/drawn-bench.js";
import { MEASURED_PERIODS, SETTLING_PERIODS } from "../bench/lna-benches.js";
import type { LnaOptions } from "../options.js";
import { reflection, transducerGain, type Phasor } from "./scattering.js";

const BOLTZMANN = 1.380649e-23;
const ZERO_CELSIUS = 273.15;
/**
 * The least relative change of the gain under the tone that is believed: the trapezoidal rule with 32 steps a period is wrong by
 * about this much, so a smaller change says only that the intercept is at least where this one would put it.
 */
const LEAST_BEND = 0.02;

/** Values by measurement name from the small-signal bench. */
export function measureSmallSignal(result: SimulationOk, options: LnaOptions): Record<string, number> {
  const measured: Record<string, number> = {};
  for (const analysis of result.analyses) {
    if (analysis.kind === "op") {
      measured.power = options.supplyVolts * sourcedAmperes(analysis.op.branches, SUPPLY_SOURCE);
    } else if (analysis.kind === "ac") {
      const input = middle(analysis.vectors[INPUT_NODE]);
      const output = middle(analysis.vectors[OUTPUT_NODE]);
      if (input !== undefined) measured.inputReflection = 20 * Math.log10(reflection(input));
      if (output !== undefined) measured.gain = 10 * Math.log10(transducerGain(output, options.sourceOhms, options.loadOhms));
    } else if (analysis.kind === "noise") {
      const kelvin = options.temperatureCelsius + ZERO_CELSIUS;
      const density = analysis.input[0];
      if (density !== undefined && density > 0) {
        measured.noiseFigure = 10 * Math.log10(density / (4 * BOLTZMANN * kelvin * options.sourceOhms));
      }
    }
  }
  return measured;
}

/**
 * Third-order intercept at the input, in dBm, from how much a tone changes the gain: a memoryless cubic amplifies a tone of
 * amplitude A by `a1 (1 + 3/4 a3/a1 A^2)`, and its intercept is at `A^2 = 4/3 |a1/a3|`, so that the relative change is the
 * tone's power over the intercept's (Razavi, RF Microelectronics, sec. 2.2).
 */
export function interceptFromCompression(smallGain: number, largeGain: number, toneWatts: number): number {
  const bend = Math.max(LEAST_BEND, Math.abs(1 - largeGain / smallGain));
  return 10 * Math.log10(toneWatts / bend / 1e-3);
}

/** Magnitude of the output's component at the tone, per volt of the source. */
export function gainUnderTone(result: SimulationOk, options: LnaOptions, toneVolts: number): number | undefined {
  for (const analysis of result.analyses) {
    const output = analysis.kind === "tran" ? analysis.vectors[OUTPUT_NODE] : undefined;
    if (analysis.kind !== "tran" || output === undefined) continue;
    const period = 1 / options.frequencyHz;
    const from = SETTLING_PERIODS * period;
    const { amplitude } = fourierComponent(analysis.x, output, options.frequencyHz, from, from + MEASURED_PERIODS * period);
    return amplitude / toneVolts;
  }
  return undefined;
}

/** Magnitude of the output at the frequency of operation, for a source of 1 V. */
export function smallSignalGain(result: SimulationOk): number | undefined {
  for (const analysis of result.analyses) {
    const output = analysis.kind === "ac" ? middle(analysis.vectors[OUTPUT_NODE]) : undefined;
    if (output !== undefined) return Math.hypot(output.re, output.im);
  }
  return undefined;
}

function middle(vector: { readonly re: Float64Array; readonly im: Float64Array } | undefined): Phasor | undefined {
  if (vector === undefined) return undefined;
  const index = (vector.re.length - 1) / 2;
  const [re, im] = [vector.re[index], vector.im[index]];
  return re === undefined || im === undefined ? undefined : { re, im };
}
