import { benchResult, type CircuitFamily, type Measurement, type PortRequirement } from "@topogenie/core";
import { BENCH, carrierBench } from "./bench/carrier-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measurePa } from "./measure/measure-pa.js";
import type { PaOptions } from "./options.js";
import { signalPath } from "./rules/signal-path.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 0, maximum: 1, title: "Supply; open-drain amplifiers have it outside" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 2, title: "Input; two are a differential one" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Output; two are a differential one", alternatives: ["IOUT"] },
  { kind: "IOUT", minimum: 0, maximum: 2, title: "Output, where a drawing names it by its current" },
  { kind: "VB", minimum: 0, maximum: 6, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 3, title: "Bias current" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
  { kind: "VCONT", minimum: 0, maximum: 2, title: "Power control voltage" },
];

const measurements: readonly Measurement[] = [
  {
    name: "outputPower",
    title: "Output power",
    unit: "W",
    better: "higher",
    method: "Power of the component at the carrier's frequency in the load, over two periods of a settled transient.",
  },
  {
    name: "gain",
    title: "Transducer gain",
    unit: "dB",
    better: "higher",
    method: "Output power over the power available from the source.",
  },
  {
    name: "powerAddedEfficiency",
    title: "Power-added efficiency",
    unit: "1",
    better: "higher",
    method: "Output power less the source's available power, over the power from the supply and all bias voltages.",
  },
  {
    name: "drainEfficiency",
    title: "Efficiency",
    unit: "1",
    better: "higher",
    method: "Output power over the power from the supply and all bias voltages.",
  },
  {
    name: "drift",
    title: "Drift",
    unit: "1",
    better: "lower",
    method:
      "Relative change of the output power from the two periods before the last two: stored energy that runs out shows here.",
  },
  {
    name: "remainder",
    title: "Power without the carrier",
    unit: "1",
    better: "lower",
    method:
      "Power at the carrier's frequency six to eight periods after the carrier has stopped, over the output power: near 1 in an oscillator.",
  },
  {
    name: "harmonicDistortion",
    title: "Harmonic distortion",
    unit: "1",
    better: "lower",
    method: "Root of the power of harmonics 2 to 5 in the load over the output power.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method: "Supply voltage times the mean current out of the supply and out of every bias voltage.",
  },
];

export function paFamily(options: PaOptions): CircuitFamily {
  const { supplyVolts, frequencyHz, sourceOhms, loadOhms, windingOhms, temperatureCelsius } = options;
  return {
    name: "pa",
    title: "Power amplifier",
    conditions: `Supply ${supplyVolts} V, ${frequencyHz / 1e9} GHz, source ${sourceOhms} ohm, load ${loadOhms} ohm, coils with ${windingOhms} ohm each, ${temperatureCelsius} degrees Celsius.`,
    ports,
    // Transistors of millimetres and, on the board, coils and capacitors of any size.
    bounds: {
      "nmos4.w": { minimum: 10e-6, maximum: 5e-3, default: 500e-6 },
      "nmos4.l": { minimum: 0.18e-6, maximum: 0.5e-6, default: 0.18e-6 },
      "pmos4.w": { minimum: 10e-6, maximum: 5e-3, default: 1e-3 },
      "pmos4.l": { minimum: 0.18e-6, maximum: 0.5e-6, default: 0.18e-6 },
      "npn.area": { minimum: 1, maximum: 500, default: 100 },
      "pnp.area": { minimum: 1, maximum: 500, default: 100 },
      "resistor.r": { minimum: 5, maximum: 50e3, default: 1e3 },
      "capacitor.c": { minimum: 0.1e-12, maximum: 100e-12, default: 10e-12 },
      "inductor.l": { minimum: 0.2e-9, maximum: 50e-9, default: 5e-9 },
    },
    rules: [signalPath],
    seeds: () => seeds(options.departures),
    testbenches: (dut) => [carrierBench(dut, options)],
    measurements,
    measure: (results) => measurePa(benchResult(results, BENCH), options),
    figureOfMerit: figureOfMerit(frequencyHz),
    minimumFunction: {
      description:
        "It gives power: 1 mW or more of the carrier, at least twice what the source could give, with an efficiency above 5 % of what supply and bias pay for, settled, and only as long as the source does.",
      constraints: [
        { measurement: "outputPower", atLeast: 1e-3 },
        { measurement: "gain", atLeast: 3 },
        { measurement: "powerAddedEfficiency", atLeast: 0.05, atMost: 1 },
        { measurement: "drift", atMost: 0.05 },
        { measurement: "remainder", atMost: 0.1 },
      ],
    },
    specification: {
      description: "A small transmitter's output stage: 10 mW, 8 dB of gain, 25 % of power-added efficiency.",
      constraints: [
        { measurement: "outputPower", atLeast: 10e-3 },
        { measurement: "gain", atLeast: 8 },
        { measurement: "powerAddedEfficiency", atLeast: 0.25, atMost: 1 },
        { measurement: "drift", atMost: 0.05 },
      ],
    },
  };
}
