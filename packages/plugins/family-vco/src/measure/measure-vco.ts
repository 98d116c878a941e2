import { fourierComponent, mean } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { COIL_CURRENT, COIL_VOLTAGE, CONTROL_NODE, OUTPUT_NODE, SUPPLY_SOURCE } from "../bench/oscillation-bench.js";
import { timePlan } from "../bench/time-plan.js";
import { BAND_RATIO, type VcoOptions } from "../options.js";
import { oscillation, type Oscillation } from "./periodicity.js";
import { phaseNoise } from "./phase-noise.js";

const ZERO_CELSIUS = 273.15;
type Vectors = Readonly<Record<string, Float64Array>>;

/** Values by measurement name; only the power when nothing is periodic in the first span. */
export function measureVco(result: SimulationOk, options: VcoOptions): Record<string, number> {
  const transient = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = transient?.vectors[OUTPUT_NODE];
  if (transient === undefined || output === undefined) return {};
  const { x, vectors } = transient;
  const { spans } = timePlan(options.slowestHz, vectors[CONTROL_NODE] !== undefined);
  const [first] = spans;
  if (first === undefined) return {};
  const power = options.supplyVolts * sourcedAmperes(x, vectors, first.measureS, first.endS);
  const found = oscillation(x, output, first.measureS, first.endS);
  if (found === undefined) return { power };
  const frequencies = spans
    .map(({ measureS, endS }) => oscillation(x, output, measureS, endS))
    .filter((each) => each !== undefined);
  return {
    power,
    frequency: found.frequencyHz,
    amplitude: found.swing / 2,
    sustained: found.sustained,
    periodSpread: found.periodSpread,
    tuningRange: tuningRange(frequencies, found, options),
    phaseNoise: phaseNoise({
      frequencyHz: found.frequencyHz,
      offsetHz: options.offsetHz,
      powerWatts: power,
      kelvin: options.temperatureCelsius + ZERO_CELSIUS,
      coilJoules: coilEnergy(x, vectors, found),
      swing: found.swing,
      steepness: found.steepness,
      supplyVolts: options.supplyVolts,
    }),
  };
}

/** Widest distance of the frequencies within the band, over their mean; a control at which the circuit stops adds nothing. */
function tuningRange(frequencies: readonly Oscillation[], found: Oscillation, { slowestHz }: VcoOptions): number {
  const steady = frequencies
    .filter(
      ({ frequencyHz, swing }) =>
        swing > found.swing / 4 && frequencyHz >= slowestHz / 2 && frequencyHz <= BAND_RATIO * slowestHz,
    )
    .map(({ frequencyHz }) => frequencyHz);
  if (steady.length < 2) return 0;
  const [low, high] = [Math.min(...steady), Math.max(...steady)];
  return (high - low) / ((high + low) / 2);
}

function sourcedAmperes(x: Float64Array, vectors: Vectors, from: number, to: number): number {
  return Object.entries(vectors)
    .filter(([name]) => name === `i(${SUPPLY_SOURCE})` || name.startsWith("i(bias_"))
    .reduce((sum, [, amperes]) => sum + Math.max(0, -mean(x, amperes, from, to)), 0);
}

/** Sum of `L I^2 / 2` of the fundamental, from each coil's current and the part of its voltage in quadrature to it. */
function coilEnergy(x: Float64Array, vectors: Vectors, { frequencyHz, from, to }: Oscillation): number {
  let joules = 0;
  for (let index = 0; ; index++) {
    const current = vectors[`${COIL_CURRENT}${index}`];
    const voltage = vectors[`${COIL_VOLTAGE}${index}`];
    if (current === undefined || voltage === undefined) return joules;
    const [i, v] = [current, voltage].map((wave) => fourierComponent(x, wave, frequencyHz, from, to));
    if (i === undefined || v === undefined) return joules;
    joules += (Math.abs(Math.sin(v.phase - i.phase)) * v.amplitude * i.amplitude) / (4 * Math.PI * frequencyHz);
  }
}
