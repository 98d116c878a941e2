import { fourierComponent, mean } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import {
  LARGE_WATTS,
  measuredSpan,
  OSCILLATOR_MULTIPLE,
  OSCILLATOR_NODE,
  OUTPUT_NODE,
  SMALL_WATTS,
  sourceVolts,
  SUPPLY_SOURCE,
} from "../bench/conversion-bench.js";
import type { MixerOptions } from "../options.js";

/** The least relative change of the gain that is believed; a smaller one says only that the intercept is at least this far. */
const LEAST_BEND = 0.02;

interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Values by measurement name. */
export function measureMixer(result: SimulationOk, options: MixerOptions): Record<string, number> {
  const transient = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = transient?.vectors[OUTPUT_NODE];
  if (transient === undefined || output === undefined) return {};
  const { x, vectors } = transient;
  const { intermediateHz, sourceOhms, loadOhms } = options;
  const component = (part: number, hertz: number): Complex => {
    const { amplitude, phase } = fourierComponent(x, output, hertz, ...measuredSpan(part, intermediateHz));
    return { re: amplitude * Math.cos(phase), im: amplitude * Math.sin(phase) };
  };
  const [plus, minus, large] = [0, 1, 2].map((part) => component(part, intermediateHz)) as [Complex, Complex, Complex];
  const stray = { re: (plus.re + minus.re) / 2, im: (plus.im + minus.im) / 2 };
  const smallVolts = sourceVolts(SMALL_WATTS, sourceOhms);
  const largeVolts = sourceVolts(LARGE_WATTS, sourceOhms);
  const gain = Math.hypot(plus.re - minus.re, plus.im - minus.im) / 2 / smallVolts;
  const largeGain = Math.hypot(large.re - stray.re, large.im - stray.im) / largeVolts;
  const bend = Math.max(LEAST_BEND, Math.abs(1 - largeGain / gain));
  const leakage = component(0, OSCILLATOR_MULTIPLE * intermediateHz);
  return {
    conversionGain: 20 * Math.log10(2 * gain),
    powerGain: 10 * Math.log10((4 * gain ** 2 * sourceOhms) / loadOhms),
    inputIntercept: 10 * Math.log10(LARGE_WATTS / bend / 1e-3),
    oscillatorLeakage: Math.hypot(leakage.re, leakage.im),
    power: totalPower(x, vectors, options),
  };
}

/** Supply and bias voltages as if made from the supply, and what the local oscillator's source could give. */
function totalPower(
  x: Float64Array,
  vectors: Readonly<Record<string, Float64Array>>,
  { supplyVolts, intermediateHz, sourceOhms }: MixerOptions,
): number {
  const [from, to] = measuredSpan(0, intermediateHz);
  const amperes = Object.entries(vectors)
    .filter(([name]) => name === `i(${SUPPLY_SOURCE})` || name.startsWith("i(bias_"))
    .reduce((sum, [, current]) => sum + Math.max(0, -mean(x, current, from, to)), 0);
  const oscillator = vectors[OSCILLATOR_NODE];
  const drive =
    oscillator === undefined ? 0 : fourierComponent(x, oscillator, OSCILLATOR_MULTIPLE * intermediateHz, from, to).amplitude;
  return supplyVolts * amperes + drive ** 2 / (8 * sourceOhms);
}
