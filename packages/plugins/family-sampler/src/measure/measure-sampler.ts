import { integral, mean, valueAt } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { phaseSpan } from "../bench/clock-phases.js";
import { INPUT_NODE, OUTPUT_NODE, SETTLING_PERIODS } from "../bench/sampler-bench.js";
import type { SamplerOptions } from "../options.js";
import { binAmplitudes } from "./spectrum.js";

/** Of a held phase, what is left for settling before the output must stand still. */
const SETTLING_SHARE = 0.4;
/** Points of a held phase that are compared with one another. */
const LOOKS = 5;

/**
 * Values by measurement name. The output is read at the end of both clock phases, and the phase in which it stands stiller,
 * relative to the signal that its samples carry, is taken as the held one. Sampling folds all noise of a phase, however
 * fast, into the samples; the phases' noises are independent of one another, so their powers add.
 *
 * @param noise results of the noise benches
 */
export function measureSampler(
  result: SimulationOk,
  noise: readonly SimulationOk[],
  options: SamplerOptions,
): Record<string, number> {
  const { supplyVolts, periodS, samples, cycles } = options;
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = tran?.vectors[OUTPUT_NODE];
  const input = tran?.vectors[INPUT_NODE];
  if (tran === undefined || output === undefined || input === undefined) return {};
  const { x } = tran;
  const [from, to] = [SETTLING_PERIODS * periodS, (SETTLING_PERIODS + samples) * periodS];
  const charges = Object.entries(tran.vectors).filter(([name]) => name.startsWith("i("));
  const amperes = charges.reduce((sum, [name, current]) => sum + charged(name, x, current, from, to), 0);
  const power = supplyVolts * amperes;
  const measured: Record<string, number> = { power };
  const held = ([1, 2] as const)
    .map((phase) => {
      const [start, end] = phaseSpan(phase, periodS);
      const settled = start + SETTLING_SHARE * (end - start);
      const looks = Array.from({ length: samples }, (_, index) =>
        Array.from({ length: LOOKS }, (__, look) =>
          valueAt(x, output, from + index * periodS + settled + ((end - settled) * look) / (LOOKS - 1)),
        ),
      );
      const bins = binAmplitudes(looks.map((values) => values.at(-1) ?? Number.NaN));
      const wander = Math.sqrt(
        looks.reduce((sum, values) => sum + (Math.max(...values) - Math.min(...values)) ** 2, 0) / samples,
      );
      return { bins, amplitude: bins[cycles] ?? 0, wander, holdSeconds: end - settled };
    })
    .filter(({ amplitude }) => amplitude > 1e-6)
    .sort((a, b) => a.wander / a.amplitude - b.wander / b.amplitude)[0];
  if (held === undefined) return measured;
  const noisePower = noise.reduce((sum, { analyses }) => sum + integratedNoise(analyses), 0);
  const unwanted = held.bins.reduce(
    (sum, amplitude, bin) => (bin === 0 || bin === cycles ? sum : sum + amplitude ** 2 / 2),
    noisePower,
  );
  const sndr = 10 * Math.log10(held.amplitude ** 2 / 2 / unwanted);
  const inputAmplitude = (Math.max(...input) - Math.min(...input)) / 2;
  measured.sndr = sndr;
  measured.noise = Math.sqrt(noisePower);
  measured.gain = held.amplitude / inputAmplitude;
  measured.holdError = held.wander / held.amplitude;
  measured.droop = held.wander / held.holdSeconds;
  measured.outputAmplitude = held.amplitude;
  if (power > 0) measured.energyPerStep = (power * periodS) / 2 ** ((sndr - 1.76) / 6.02);
  return measured;
}

/** Volts squared. */
function integratedNoise(analyses: SimulationOk["analyses"]): number {
  const density = analyses.find((analysis) => analysis.kind === "noise");
  if (density === undefined) return Number.NaN;
  return integral(density.x, density.output, density.x[0] ?? 0, density.x.at(-1) ?? 0);
}

/** Mean current charged to a source: what it gives. Bias ports and inputs pay for either direction. */
function charged(name: string, x: Float64Array, amperes: Float64Array, from: number, to: number): number {
  if (name.startsWith("i(bias_")) return mean(x, amperes.map(Math.abs), from, to);
  if (name === "i(supply)") return Math.max(0, -mean(x, amperes, from, to));
  return (
    integral(
      x,
      amperes.map((ampere) => Math.max(0, -ampere)),
      from,
      to,
    ) /
    (to - from)
  );
}
