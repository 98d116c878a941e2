import { mean } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { BIAS_PREFIX, INPUT_SOURCES, OUTPUT_NODE } from "../bench/converter-bench.js";
import type { PowerConverterOptions } from "../options.js";

/** Windows that the measured time is cut into; they must agree before a mean is believed. */
const WINDOWS = 4;
/** The drift at which steadiness is one half. */
const DRIFT = 0.01;
/** A power below this share of full scale is the noise of the integration. */
const MARGIN = 1.02;

/**
 * Values by measurement name. Efficiency, and what follows from it, is left out when it exceeds 1: what is stored is then
 * being given back and the converter is not in its steady state.
 */
export function measureConverter(result: SimulationOk, options: PowerConverterOptions): Record<string, number> {
  const { inputVolts, loadOhms, periods, periodS } = options;
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = tran?.vectors[OUTPUT_NODE];
  if (tran === undefined || output === undefined) return {};
  const stop = periods * periodS;
  const windowPeriods = Math.floor((0.4 * periods) / WINDOWS);
  const window = windowPeriods * periodS;
  const spans = Array.from({ length: WINDOWS }, (_, index) => {
    const to = stop - (WINDOWS - 1 - index) * window;
    return [to - window, to] as const;
  });
  const { x } = tran;
  const squares = output.map((volts) => volts * volts);
  const sources = Object.entries(tran.vectors).filter(([name]) => name.startsWith("i("));
  const powers = spans.map(([from, to]) => ({
    volts: mean(x, output, from, to),
    load: mean(x, squares, from, to) / loadOhms,
    taken: inputVolts * sources.reduce((sum, [name, amperes]) => sum + charged(name, x, amperes, from, to), 0),
  }));
  const average = (of: (power: (typeof powers)[number]) => number): number =>
    powers.reduce((sum, power) => sum + of(power), 0) / WINDOWS;
  const volts = average((power) => power.volts);
  const taken = average((power) => power.taken);
  const conversionRatio = volts / inputVolts;
  const inside = output.filter((_, index) => (x[index] ?? 0) >= (spans[WINDOWS - 1]?.[0] ?? 0));
  const measured: Record<string, number> = {
    conversionRatio,
    stepFactor: Math.abs(conversionRatio),
    ripple: (Math.max(...inside) - Math.min(...inside)) / Math.max(Math.abs(volts), 1e-3),
    drift: Math.max(
      spread(powers.map((power) => power.volts)) / Math.max(Math.abs(volts), 1e-3),
      spread(powers.map((power) => power.taken)) / Math.max(Math.abs(taken), 1e-6) / 5,
    ),
    inputPower: taken,
  };
  measured.steadiness = 1 / (1 + (measured.drift ?? Infinity) / DRIFT);
  // The load's power is that of the mean voltage: ripple heats the load but is not what was asked for.
  const efficiencies = powers.map((power) => power.volts ** 2 / loadOhms / power.taken);
  const best = Math.max(...efficiencies);
  if (taken > 0 && efficiencies.every(Number.isFinite) && best <= MARGIN) {
    measured.efficiency = Math.min(...efficiencies);
    measured.advantage = measured.efficiency - linearEfficiency(conversionRatio);
  }
  return measured;
}

/**
 * Mean current that a source is charged for. The input and supply count net: a converter may hand current back to its own input.
 * Clock drivers pay for what they give, not for what flows back into them, and bias ports for either direction, as if their
 * voltage were made from the supply.
 */
function charged(name: string, x: Float64Array, amperes: Float64Array, from: number, to: number): number {
  const source = name.slice(2, -1);
  if (source.startsWith(BIAS_PREFIX)) return mean(x, amperes.map(Math.abs), from, to);
  const net = -mean(x, amperes, from, to);
  return (INPUT_SOURCES as readonly string[]).includes(source) ? Math.max(0, net) : 0;
}

/** What a series regulator reaches, whose input current is its output current; above unity ratio it fades out within 10 %. */
export function linearEfficiency(ratio: number): number {
  if (ratio <= 0) return 0;
  return ratio <= 1 ? ratio : Math.max(0, 1 - (ratio - 1) / 0.1);
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
