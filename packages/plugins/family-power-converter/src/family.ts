import { benchResult } from "@topogenie/core";
import type { CircuitFamily, Measurement, PortRequirement } from "@topogenie/core";
import { BENCH, converterBench } from "./bench/converter-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureConverter } from "./measure/measure-converter.js";
import type { PowerConverterOptions } from "./options.js";
import { controlsTouchGates } from "./rules/controls-touch-gates.js";
import { inputReachesOutput } from "./rules/input-reaches-output.js";
import { storesEnergy } from "./rules/stores-energy.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 0, maximum: 1, title: "Supply of control and drivers" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 2, title: "Input; without one, the supply is converted", alternatives: ["VDD"] },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Output" },
  { kind: "VCONT", minimum: 0, maximum: 8, title: "Pulse-width modulated control of a switch" },
  { kind: "VCLK", minimum: 0, maximum: 4, title: "Pulse-width modulated clock" },
  { kind: "VB", minimum: 0, maximum: 8, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 4, title: "Bias current" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
];

const measurements: readonly Measurement[] = [
  {
    name: "conversionRatio",
    title: "Conversion ratio",
    unit: "1",
    better: "higher",
    method:
      "Mean output voltage over the last 40 % of the run, divided by the input voltage; negative for an inverting converter.",
  },
  {
    name: "stepFactor",
    title: "Magnitude of the conversion ratio",
    unit: "1",
    better: "higher",
    method: "Absolute value of the conversion ratio.",
  },
  {
    name: "efficiency",
    title: "Efficiency",
    unit: "1",
    better: "higher",
    method:
      "Power of the mean output in the load over the power from input, supply, clock drivers and bias ports, the worst of four consecutive windows; not given when any window exceeds 1.02, since stored energy then feeds the load.",
  },
  {
    name: "advantage",
    title: "Efficiency above a linear regulator's",
    unit: "1",
    better: "higher",
    method:
      "Efficiency less what a series regulator of the same conversion ratio M reaches: M from 0 to 1, nothing below 0, fading from 1 to 0 as M goes from 1 to 1.1.",
  },
  {
    name: "ripple",
    title: "Output ripple",
    unit: "1",
    better: "lower",
    method: "Peak to peak output in the last of four windows, over the mean output.",
  },
  {
    name: "drift",
    title: "Drift between windows",
    unit: "1",
    better: "lower",
    method:
      "Spread over four consecutive windows of the mean output (or a fifth of that of the input power, whichever is larger) over their mean: near zero in steady state.",
  },
  {
    name: "steadiness",
    title: "Steadiness",
    unit: "1",
    better: "higher",
    method:
      "1 over 1 plus the drift in per cent: 1/2 at a drift of 1 %. Bounded, so that a search does not flee from a converter that still rings to one that gives nothing.",
  },
  {
    name: "inputPower",
    title: "Input power",
    unit: "W",
    better: "lower",
    method: "Mean power from input, supply, clock drivers and bias ports over the last 40 % of the run.",
  },
];

/** A square metre of silicon is no design: switches to 20 mm, and passives as they are soldered beside a chip. */
const bounds: NonNullable<CircuitFamily["bounds"]> = {
  "nmos4.w": { minimum: 1e-6, maximum: 20e-3, default: 1e-3 },
  "pmos4.w": { minimum: 1e-6, maximum: 40e-3, default: 2e-3 },
  "nmos4.l": { minimum: 0.18e-6, maximum: 2e-6, default: 0.18e-6 },
  "pmos4.l": { minimum: 0.18e-6, maximum: 2e-6, default: 0.18e-6 },
  "inductor.l": { minimum: 10e-9, maximum: 100e-6, default: 2.5e-6 },
  // Larger ones would not come to rest within the run, and what they still gave would look like efficiency.
  "capacitor.c": { minimum: 1e-12, maximum: 100e-9, default: 4e-9 },
  // What damps a filter of the coils and capacitors above; a divider's may be as large as anywhere.
  "resistor.r": { minimum: 1, maximum: 1e6, default: 25 },
  "diode.area": { minimum: 1, maximum: 1000, default: 500 },
};

export function powerConverterFamily(options: PowerConverterOptions): CircuitFamily {
  const { inputVolts, loadOhms, periodS, periods, temperatureCelsius, departures } = options;
  const notSteady = "In steady state";
  return {
    name: "power-converter",
    title: "Power converter",
    conditions: `Input and supply ${inputVolts} V, ${loadOhms} ohm from the output to ground, switching at ${1 / periodS / 1e6} MHz, ${periods} periods from rest, ${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds,
    rules: [controlsTouchGates, inputReachesOutput, storesEnergy],
    seeds: () => seeds(departures),
    testbenches: (dut) => [converterBench(dut, options)],
    measurements,
    measure: (results) => measureConverter(benchResult(results, BENCH), options),
    figureOfMerit,
    minimumFunction: {
      // A wire, a resistor or any series regulator has no advantage over a series regulator.
      description: `${notSteady} it gives the load at least a tenth of the input voltage, of either sign, 10 points of efficiency above what a linear regulator of that ratio could reach; its output and input power do not drift by more than 1 %.`,
      constraints: [
        { measurement: "advantage", atLeast: 0.1 },
        { measurement: "stepFactor", atLeast: 0.1 },
        { measurement: "steadiness", atLeast: 0.5 },
      ],
    },
    specification: {
      description: `${notSteady}: efficiency of 75 %, 20 points above a linear regulator's, ripple of at most 5 %.`,
      constraints: [
        { measurement: "efficiency", atLeast: 0.75 },
        { measurement: "advantage", atLeast: 0.2 },
        { measurement: "stepFactor", atLeast: 0.2 },
        { measurement: "ripple", atMost: 0.05 },
        { measurement: "steadiness", atLeast: 0.5 },
      ],
    },
  };
}
