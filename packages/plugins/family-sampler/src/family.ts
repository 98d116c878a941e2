import { benchResult } from "@topogenie/core";
import type { CircuitFamily, Measurement, PortRequirement } from "@topogenie/core";
import { BENCH, NOISE_BENCHES, samplerBenches } from "./bench/sampler-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureSampler } from "./measure/measure-sampler.js";
import type { SamplerOptions } from "./options.js";
import { keepsCharge } from "./rules/keeps-charge.js";
import { samplesByClock } from "./rules/samples-by-clock.js";
import { signalPath } from "./rules/signal-path.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 0, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 4, title: "Signal input; even numbers get the sine inverted" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Output; two are a differential one" },
  {
    kind: "VCLK",
    minimum: 0,
    maximum: 6,
    title: "Clock; odd numbers are high in the first half of a period, even ones in the second",
  },
  { kind: "VTRACK", minimum: 0, maximum: 2, title: "Clock, high in the first half of a period" },
  { kind: "VHOLD", minimum: 0, maximum: 2, title: "Clock, high in the second half of a period" },
  { kind: "VLATCH", minimum: 0, maximum: 2, title: "Clock, high in the second half of a period" },
  { kind: "VCM", minimum: 0, maximum: 2, title: "Common mode, half the supply" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
  { kind: "VB", minimum: 0, maximum: 8, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 4, title: "Bias current" },
  { kind: "IREF", minimum: 0, maximum: 2, title: "Reference current" },
  { kind: "VCONT", minimum: 0, maximum: 2, title: "Control voltage" },
];

const measurements: readonly Measurement[] = [
  {
    name: "sndr",
    title: "Signal to noise and distortion ratio",
    unit: "dB",
    better: "higher",
    method:
      "Discrete Fourier transform of one output sample a period, taken at the end of the held clock phase, of a coherent sine: the sine's bin over all others but direct current. The noise below is added to the others.",
  },
  {
    name: "noise",
    title: "Noise of the samples",
    unit: "V",
    better: "lower",
    method:
      "Root of the sum of the output's noise with the clocks stopped in the one phase and in the other, each integrated from one over the time of all samples to 1 THz, since sampling folds it all down: kT/C for a lone switch. What one phase leaves on an inner capacitor for the next is not in it.",
  },
  {
    name: "holdError",
    title: "Change while holding",
    unit: "1",
    better: "lower",
    method:
      "Root mean square over the samples of the output's largest change in the last 60 % of the held phase, over the amplitude of the sampled sine; the held phase is the clock phase where this is smaller.",
  },
  {
    name: "droop",
    title: "Droop",
    unit: "V/s",
    better: "lower",
    method: "The change while holding over the time in which it happens.",
  },
  {
    name: "gain",
    title: "Gain",
    unit: "1",
    better: "higher",
    method: "Amplitude of the sampled sine at the output (or the difference of both) over the amplitude at one input.",
  },
  {
    name: "outputAmplitude",
    title: "Output amplitude",
    unit: "V",
    better: "higher",
    method: "Peak of the sampled sine at the output.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method:
      "Supply voltage times the mean current that supply and clocks give, and that bias ports and inputs carry in either direction.",
  },
  {
    name: "energyPerStep",
    title: "Walden energy per step",
    unit: "J",
    better: "lower",
    method: "Power over sampling rate and 2 to the effective number of bits, (SNDR - 1.76 dB) / 6.02 dB.",
  },
];

export function samplerFamily(options: SamplerOptions): CircuitFamily {
  const { supplyVolts, periodS, loadFarads, samples, cycles, temperatureCelsius, departures } = options;
  return {
    name: "sampler",
    title: "Switched-capacitor sampler",
    conditions: `Supply ${supplyVolts} V, ${1 / periodS / 1e6} MS/s, a sine of ${(cycles / samples / periodS / 1e6).toPrecision(3)} MHz, ${loadFarads * 1e15} fF from every output to ground, ${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds: {
      "capacitor.c": { minimum: 20e-15, maximum: 10e-12, default: 300e-15 },
    },
    rules: [samplesByClock, signalPath, keepsCharge],
    seeds: () => seeds(departures),
    testbenches: (dut) => samplerBenches(dut, options),
    measurements,
    measure: (results) =>
      measureSampler(
        benchResult(results, BENCH),
        NOISE_BENCHES.map((bench) => benchResult(results, bench)),
        options,
      ),
    figureOfMerit,
    minimumFunction: {
      // A wire tracks and never holds: its output moves by a third of the amplitude within half a period.
      description:
        "It tracks and holds: samples carry the sine at 25 dB over everything else and at least a tenth of its amplitude, and stand still within 5 % of it while held.",
      constraints: [
        { measurement: "sndr", atLeast: 25 },
        { measurement: "gain", atLeast: 0.1 },
        { measurement: "holdError", atMost: 0.05 },
      ],
    },
    specification: {
      description: "A sampler of eight effective bits: 50 dB, 1 % while held, at most 2 mW.",
      constraints: [
        { measurement: "sndr", atLeast: 50 },
        { measurement: "gain", atLeast: 0.5 },
        { measurement: "holdError", atMost: 0.01 },
        { measurement: "power", atMost: 2e-3 },
      ],
    },
  };
}
