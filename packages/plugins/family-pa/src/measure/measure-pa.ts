import { fourierComponent, mean } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import {
  DRIVE_NODE,
  MEASURED_PERIODS,
  OUTPUT_NODE,
  SETTLING_PERIODS,
  SILENT_PERIODS,
  SUPPLY_SOURCE,
} from "../bench/carrier-bench.js";
import type { PaOptions } from "../options.js";

const HARMONICS = [2, 3, 4, 5] as const;

/** Values by measurement name, all from whole periods of the carrier before and after it stops. */
export function measurePa(result: SimulationOk, options: PaOptions): Record<string, number> {
  const transient = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = transient?.vectors[OUTPUT_NODE];
  const drive = transient?.vectors[DRIVE_NODE];
  if (transient === undefined || output === undefined || drive === undefined) return {};
  const { x, vectors } = transient;
  const { frequencyHz, loadOhms, sourceOhms, supplyVolts } = options;
  const period = 1 / frequencyHz;
  const middle = (SETTLING_PERIODS + MEASURED_PERIODS) * period;
  const end = middle + MEASURED_PERIODS * period;
  const watts = (multiple: number, from: number, to: number): number =>
    fourierComponent(x, output, multiple * frequencyHz, from, to).amplitude ** 2 / (2 * loadOhms);
  const outputWatts = watts(1, middle, end);
  const before = watts(1, SETTLING_PERIODS * period, middle);
  const available = fourierComponent(x, drive, frequencyHz, middle, end).amplitude ** 2 / (8 * sourceOhms);
  const silent = end + (SILENT_PERIODS - MEASURED_PERIODS) * period;
  const power = supplyVolts * sourcedAmperes(x, vectors, middle, end);
  const harmonics = HARMONICS.reduce((sum, multiple) => sum + watts(multiple, middle, end), 0);
  return {
    outputPower: outputWatts,
    gain: 10 * Math.log10(outputWatts / available),
    powerAddedEfficiency: (outputWatts - available) / power,
    drainEfficiency: outputWatts / power,
    drift: Math.abs(outputWatts - before) / outputWatts,
    remainder: watts(1, silent, silent + MEASURED_PERIODS * period) / outputWatts,
    harmonicDistortion: Math.sqrt(harmonics / outputWatts),
    power,
  };
}

function sourcedAmperes(x: Float64Array, vectors: Readonly<Record<string, Float64Array>>, from: number, to: number): number {
  return Object.entries(vectors)
    .filter(([name]) => name === `i(${SUPPLY_SOURCE})` || name.startsWith("i(bias_"))
    .reduce((sum, [, amperes]) => sum + Math.max(0, -mean(x, amperes, from, to)), 0);
}
