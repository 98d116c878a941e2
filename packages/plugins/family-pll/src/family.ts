import { benchResult } from "@topogenie/core";
import type { CircuitFamily, Measurement, PortRequirement } from "@topogenie/core";
import { BENCH, pllBench } from "./bench/pll-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measurePll } from "./measure/measure-pll.js";
import type { PllOptions } from "./options.js";
import { referenceReachesOutput } from "./rules/reference-reaches-output.js";
import { seeds } from "./seeds.js";

const logic = ["LOGICB", "LOGICD", "LOGICF", "LOGICG", "LOGICQ", "LOGICQA", "LOGICQB"];

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 1, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 2, title: "Reference", alternatives: ["LOGICA"] },
  { kind: "LOGICA", minimum: 0, maximum: 2, title: "Reference" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Output of the oscillator", alternatives: ["LOGICQ", "LOGICF"] },
  ...logic.map((kind) => ({ kind, minimum: 0, maximum: 2, title: "Logic net" })),
  { kind: "VCLK", minimum: 0, maximum: 2, title: "Clock, held" },
  { kind: "VCONT", minimum: 0, maximum: 3, title: "Control voltage" },
  { kind: "VB", minimum: 0, maximum: 4, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 4, title: "Bias current" },
  { kind: "IREF", minimum: 0, maximum: 1, title: "Reference current" },
  { kind: "IOUT", minimum: 0, maximum: 1, title: "Output current" },
  { kind: "VLO", minimum: 0, maximum: 2, title: "Local oscillator" },
];

const measurements: readonly Measurement[] = [
  {
    name: "frequencyError",
    title: "Frequency error in lock",
    unit: "1",
    better: "lower",
    method:
      "Output cycles a reference cycle over the last six of each part of the run, less the nearest whole number and over it; the worse part, and 1 when the two parts' multiples differ.",
  },
  {
    name: "phaseWander",
    title: "Phase wander in lock",
    unit: "1",
    better: "lower",
    method:
      "Spread of the output's phase at the reference's last seven rising edges of each part, in reference cycles; the worse part.",
  },
  {
    name: "coastCycles",
    title: "Cycles without reference",
    unit: "1",
    better: "higher",
    method:
      "Rising edges of the output from a quarter of a period before the first missing edge of the reference until three periods after it: what merely hands the reference on gives none.",
  },
  {
    name: "multiple",
    title: "Frequency multiple",
    unit: "1",
    better: "higher",
    method: "Output cycles a reference cycle in lock, to the nearest whole number.",
  },
  {
    name: "outputFrequency",
    title: "Output frequency",
    unit: "Hz",
    better: "higher",
    method: "The multiple over the first reference period.",
  },
  {
    name: "lockTime",
    title: "Lock time",
    unit: "s",
    better: "lower",
    method:
      "From rest to the reference edge after which the output's phase stays within a tenth of a cycle of where it ends, in the first part.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method: "Supply voltage times the mean current that supply and reference give, and bias ports carry in either direction.",
  },
];

export function pllFamily(options: PllOptions): CircuitFamily {
  const { supplyVolts, referencePeriodS, referenceRise, firstCycles, secondCycles, temperatureCelsius } = options;
  return {
    name: "pll",
    title: "Phase-locked loop",
    conditions: `Supply ${supplyVolts} V, a reference of ${1e-6 / referencePeriodS} MHz for ${firstCycles} cycles, ${referenceRise * 100} % faster for ${secondCycles}, then silent, ${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds: {
      "nmos4.w": { minimum: 0.22e-6, maximum: 50e-6, default: 1e-6 },
      "pmos4.w": { minimum: 0.22e-6, maximum: 100e-6, default: 2e-6 },
      "nmos4.l": { minimum: 0.18e-6, maximum: 5e-6, default: 0.18e-6 },
      "pmos4.l": { minimum: 0.18e-6, maximum: 5e-6, default: 0.18e-6 },
      "capacitor.c": { minimum: 5e-15, maximum: 20e-12, default: 100e-15 },
    },
    rules: [referenceReachesOutput],
    seeds,
    testbenches: (dut) => [pllBench(dut, options)],
    measurements,
    measure: (results) => measurePll(benchResult(results, BENCH), options),
    figureOfMerit,
    minimumFunction: {
      description:
        "It locks: the output follows the reference within 1 % and a tenth of a cycle before and after the reference becomes faster, and gives another cycle when it stops.",
      constraints: [
        { measurement: "frequencyError", atMost: 0.01 },
        { measurement: "phaseWander", atMost: 0.1 },
        { measurement: "coastCycles", atLeast: 1 },
      ],
    },
    specification: {
      description: "Lock within 25 reference cycles, 3 % of phase wander, at most 2 mW.",
      constraints: [
        { measurement: "frequencyError", atMost: 0.005 },
        { measurement: "phaseWander", atMost: 0.03 },
        { measurement: "coastCycles", atLeast: 1 },
        { measurement: "lockTime", atMost: 25 * referencePeriodS },
        { measurement: "power", atMost: 2e-3 },
      ],
    },
  };
}
