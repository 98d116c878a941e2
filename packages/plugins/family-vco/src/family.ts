import { benchResult, type CircuitFamily, type Measurement, type PortRequirement } from "@topogenie/core";
import { BENCH, oscillationBench } from "./bench/oscillation-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureVco } from "./measure/measure-vco.js";
import { BAND_RATIO, type VcoOptions } from "./options.js";
import { hasLoop } from "./rules/has-loop.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 0, maximum: 1, title: "Supply; some drawings feed the tank from a bias" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VOUT", minimum: 0, maximum: 8, title: "Output; the first, or the difference of the first two, is observed" },
  { kind: "VCONT", minimum: 0, maximum: 6, title: "Control voltage; the first is swept" },
  { kind: "VB", minimum: 0, maximum: 6, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 5, title: "Bias current" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
  { kind: "VIN", minimum: 0, maximum: 4, title: "Direct voltage" },
  { kind: "VLO", minimum: 0, maximum: 4, title: "Output to a mixer" },
  { kind: "IIN", minimum: 0, maximum: 1, title: "Direct current" },
  { kind: "IOUT", minimum: 0, maximum: 2, title: "Output" },
];

const measurements: readonly Measurement[] = [
  {
    name: "frequency",
    title: "Frequency",
    unit: "Hz",
    better: "higher",
    method:
      "Inverse of the mean distance of rising crossings of the middle of the waveform, with the control at half the supply.",
  },
  {
    name: "amplitude",
    title: "Amplitude",
    unit: "V",
    better: "higher",
    method: "Half the peak-to-peak voltage of the output late in the first span, between two outputs where there are two.",
  },
  {
    name: "sustained",
    title: "Sustained amplitude",
    unit: "1",
    better: "higher",
    method: "Peak-to-peak voltage in the later half of the measured time over that in the earlier half; below 1 it rings down.",
  },
  {
    name: "periodSpread",
    title: "Spread of the periods",
    unit: "1",
    better: "lower",
    method: "Largest deviation of a period from the mean period, relative to it.",
  },
  {
    name: "tuningRange",
    title: "Tuning range",
    unit: "1",
    better: "higher",
    method:
      "Largest difference of the frequencies at 35, 50 and 65 % of the supply on the control port over their middle; 0 without such a port.",
  },
  {
    name: "phaseNoise",
    title: "Phase noise (estimate)",
    unit: "dBc/Hz",
    better: "lower",
    method:
      "The lower of Leeson's formula, with a quality factor of coil energy over dissipated power, and the formula of Hajimiri, Limotyrakis and Lee for rings, from power, swing and slope; no noise is simulated.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method: "Supply voltage times the mean current out of the supply and out of every bias and control voltage.",
  },
];

export function vcoFamily(options: VcoOptions): CircuitFamily {
  const { supplyVolts, slowestHz, outputFarads, windingOhms, temperatureCelsius } = options;
  return {
    name: "vco",
    title: "Voltage-controlled oscillator",
    conditions: `Supply ${supplyVolts} V, ${outputFarads * 1e15} fF at every output, coils with ${windingOhms} ohm each, ${slowestHz / 1e9} to ${(BAND_RATIO * slowestHz) / 1e9} GHz, ${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds: {
      "nmos4.w": { minimum: 0.5e-6, maximum: 300e-6, default: 10e-6 },
      "nmos4.l": { minimum: 0.18e-6, maximum: 1e-6, default: 0.18e-6 },
      "pmos4.w": { minimum: 0.5e-6, maximum: 300e-6, default: 20e-6 },
      "pmos4.l": { minimum: 0.18e-6, maximum: 1e-6, default: 0.18e-6 },
      "npn.area": { minimum: 1, maximum: 50, default: 4 },
      "pnp.area": { minimum: 1, maximum: 50, default: 4 },
      "diode.area": { minimum: 1, maximum: 50, default: 4 },
      "resistor.r": { minimum: 20, maximum: 50e3, default: 1e3 },
      "capacitor.c": { minimum: 5e-15, maximum: 5e-12, default: 200e-15 },
      "inductor.l": { minimum: 0.2e-9, maximum: 20e-9, default: 4e-9 },
    },
    rules: [hasLoop],
    seeds: () => seeds(options.departures),
    testbenches: (dut) => [oscillationBench(dut, options)],
    measurements,
    measure: (results) => measureVco(benchResult(results, BENCH), options),
    figureOfMerit: figureOfMerit(options.offsetHz),
    minimumFunction: {
      description:
        "It oscillates: 50 mV or more that do not die away, in even periods, at a frequency of the band, after one kick and without any source that moves.",
      constraints: [
        { measurement: "amplitude", atLeast: 0.05 },
        { measurement: "sustained", atLeast: 0.9 },
        { measurement: "periodSpread", atMost: 0.1 },
        { measurement: "frequency", atLeast: slowestHz, atMost: BAND_RATIO * slowestHz },
      ],
    },
    specification: {
      description:
        "A tunable radio-frequency oscillator: above 1.5 times the band's bottom, 0.2 V, 3 % of tuning, at most 10 mW.",
      constraints: [
        { measurement: "amplitude", atLeast: 0.2 },
        { measurement: "sustained", atLeast: 0.95 },
        { measurement: "periodSpread", atMost: 0.1 },
        { measurement: "frequency", atLeast: 1.5 * slowestHz, atMost: BAND_RATIO * slowestHz },
        { measurement: "tuningRange", atLeast: 0.03 },
        { measurement: "power", atMost: 10e-3 },
      ],
    },
  };
}
