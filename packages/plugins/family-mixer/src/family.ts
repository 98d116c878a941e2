import { benchResult, type CircuitFamily, type Measurement, type PortRequirement } from "@topogenie/core";
import { BENCH, conversionBench, OSCILLATOR_MULTIPLE, SIGNAL_MULTIPLE } from "./bench/conversion-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureMixer } from "./measure/measure-mixer.js";
import type { MixerOptions } from "./options.js";
import { mixerPorts } from "./rules/mixer-ports.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 0, maximum: 1, title: "Supply; passive mixers have none" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VRF", minimum: 0, maximum: 2, title: "Radio-frequency input; output of an upconverter" },
  { kind: "VIN", minimum: 0, maximum: 2, title: "Input" },
  { kind: "IIN", minimum: 0, maximum: 2, title: "Input current" },
  { kind: "VLO", minimum: 1, maximum: 2, title: "Local oscillator", alternatives: ["VCLK"] },
  { kind: "VCLK", minimum: 0, maximum: 2, title: "Local oscillator, drawn as a clock" },
  { kind: "VIF", minimum: 0, maximum: 2, title: "Intermediate-frequency output" },
  { kind: "VOUT", minimum: 0, maximum: 2, title: "Output" },
  { kind: "IOUT", minimum: 0, maximum: 2, title: "Output" },
  { kind: "VB", minimum: 0, maximum: 6, title: "Bias voltage" },
  { kind: "VBB", minimum: 0, maximum: 2, title: "Bias voltage, or the input of a passive mixer" },
  { kind: "IB", minimum: 0, maximum: 3, title: "Bias current" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
];

const measurements: readonly Measurement[] = [
  {
    name: "conversionGain",
    title: "Voltage conversion gain",
    unit: "dB",
    better: "higher",
    method:
      "Output amplitude at the intermediate frequency over half the source's electromotive force, from half the difference of two parts of a transient between which the signal is reversed.",
  },
  {
    name: "powerGain",
    title: "Power conversion gain",
    unit: "dB",
    better: "higher",
    method: "Power at the intermediate frequency in the load over the power available from the signal source.",
  },
  {
    name: "inputIntercept",
    title: "Third-order input intercept (estimate)",
    unit: "dBm",
    better: "higher",
    method:
      "Power of a -13 dBm signal over the relative change that it makes to the gain, as for a memoryless cubic; changes below 2 % count as 2 %.",
  },
  {
    name: "oscillatorLeakage",
    title: "Local oscillator at the output",
    unit: "V",
    better: "lower",
    method: "Amplitude at the local oscillator's frequency across the load.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method:
      "Supply voltage times the mean current out of the supply and out of every bias voltage, plus the power available from the local oscillator's source.",
  },
];

export function mixerFamily(options: MixerOptions): CircuitFamily {
  const { supplyVolts, intermediateHz, sourceOhms, loadOhms, windingOhms, temperatureCelsius } = options;
  const gigahertz = (multiple: number): number => (multiple * intermediateHz) / 1e9;
  return {
    name: "mixer",
    title: "Mixer",
    conditions: `Supply ${supplyVolts} V, signal ${gigahertz(SIGNAL_MULTIPLE)} GHz, local oscillator ${gigahertz(OSCILLATOR_MULTIPLE)} GHz, sources ${sourceOhms} ohm, load ${loadOhms} ohm, coils with ${windingOhms} ohm each, ${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds: {
      "nmos4.w": { minimum: 1e-6, maximum: 500e-6, default: 40e-6 },
      "nmos4.l": { minimum: 0.18e-6, maximum: 1e-6, default: 0.18e-6 },
      "pmos4.w": { minimum: 1e-6, maximum: 500e-6, default: 80e-6 },
      "pmos4.l": { minimum: 0.18e-6, maximum: 1e-6, default: 0.18e-6 },
      "npn.area": { minimum: 1, maximum: 100, default: 4 },
      "pnp.area": { minimum: 1, maximum: 100, default: 4 },
      "diode.area": { minimum: 1, maximum: 100, default: 2 },
      "resistor.r": { minimum: 20, maximum: 50e3, default: 600 },
      "capacitor.c": { minimum: 10e-15, maximum: 20e-12, default: 500e-15 },
      "inductor.l": { minimum: 0.3e-9, maximum: 30e-9, default: 5e-9 },
    },
    rules: [mixerPorts],
    seeds: () => seeds(options.departures),
    testbenches: (dut) => [conversionBench(dut, options)],
    measurements,
    measure: (results) => measureMixer(benchResult(results, BENCH), options),
    figureOfMerit,
    minimumFunction: {
      // Commutation by ideal switches loses 3.9 dB (2 / pi); a linear circuit has nothing at the intermediate frequency.
      description:
        "It mixes: at least -10 dB of voltage conversion gain that follows the signal's sign, from a signal of -30 dBm.",
      constraints: [{ measurement: "conversionGain", atLeast: -10 }],
    },
    specification: {
      description: "A receiver's mixer: 6 dB of voltage gain, intercept at -8 dBm, at most 15 mW with its local oscillator.",
      constraints: [
        { measurement: "conversionGain", atLeast: 6 },
        { measurement: "inputIntercept", atLeast: -8 },
        { measurement: "power", atMost: 15e-3 },
      ],
    },
  };
}
