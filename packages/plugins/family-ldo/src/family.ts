import { benchResult } from "@topogenie/core";
import type { CircuitFamily, PortRequirement } from "@topogenie/core";
import { LOAD_STEP_BENCH, loadStepBench } from "./bench/load-step-bench.js";
import { REGULATION_BENCH, regulationBench } from "./bench/regulation-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureLoadStep } from "./measure/measure-load-step.js";
import { measureRegulation } from "./measure/measure-regulation.js";
import { measurements } from "./measurements.js";
import type { LdoOptions } from "./options.js";
import { feedbackPath } from "./rules/feedback-path.js";
import { passPath } from "./rules/pass-path.js";
import { referencePath } from "./rules/reference-path.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 0, maximum: 1, title: "Supply; the unregulated input where there is no VIN" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 1, title: "Unregulated input", alternatives: ["VDD"] },
  { kind: "VREF", minimum: 1, maximum: 1, title: "Reference voltage" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Regulated output; a second one is an inner net shown" },
  { kind: "VB", minimum: 0, maximum: 8, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 2, title: "Bias current" },
];

/** Pass devices are millimetres wide, and output capacitors may stand beside the chip. */
const bounds: Required<CircuitFamily>["bounds"] = {
  "nmos4.w": { minimum: 0.22e-6, maximum: 5e-3, default: 5e-6 },
  "pmos4.w": { minimum: 0.22e-6, maximum: 5e-3, default: 20e-6 },
  "capacitor.c": { minimum: 10e-15, maximum: 10e-6, default: 2e-12 },
  "resistor.r": { minimum: 0.1, maximum: 1e6, default: 10e3 },
};

export function ldoFamily(options: LdoOptions): CircuitFamily {
  const { supplyVolts, lightLoadAmperes, fullLoadAmperes, loadFarads, temperatureCelsius, departures } = options;
  return {
    name: "ldo",
    title: "Low-dropout regulator",
    conditions:
      `Supply ${supplyVolts} V, load from ${lightLoadAmperes * 1e3} to ${fullLoadAmperes * 1e3} mA beside ${loadFarads * 1e12} pF, ` +
      `${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds,
    rules: [passPath, referencePath, feedbackPath],
    seeds: () => seeds(departures),
    testbenches: (dut) => [regulationBench(dut, options), loadStepBench(dut, options)],
    measurements,
    measure: (results) => ({
      ...measureRegulation(benchResult(results, REGULATION_BENCH), options),
      ...measureLoadStep(benchResult(results, LOAD_STEP_BENCH)),
    }),
    figureOfMerit: figureOfMerit(fullLoadAmperes - lightLoadAmperes),
    minimumFunction: {
      // A source follower or a divider misses the regulation by far; a level shift misses the reference; a port's own current
      // or an oscillation is no regulation.
      description:
        "It regulates: an output proportional to the reference, between a quarter of the supply and 95 % of it, stays within 5 % over all loads and over 20 % of supply, shows a fourth or less of the supply's ripple, " +
        "settles after a load step, and takes the load's current from the supply alone.",
      constraints: [
        { measurement: "outputVoltage", atLeast: supplyVolts / 4, atMost: supplyVolts * 0.95 },
        { measurement: "loadRegulation", atMost: 5 },
        { measurement: "lineRegulation", atMost: 5 },
        { measurement: "supplyRejection", atLeast: 12 },
        { measurement: "referenceError", atMost: 10 },
        { measurement: "portCurrent", atMost: fullLoadAmperes / 100 },
        { measurement: "settlingError", atMost: 5 },
      ],
    },
    specification: {
      description:
        "A general-purpose regulator: half the supply or more, 1 % over load, 0.5 % over line, 0.3 V dropout, 40 dB at 1 kHz, 200 uA, 100 mV after a step.",
      constraints: [
        { measurement: "outputVoltage", atLeast: supplyVolts / 2 },
        { measurement: "loadRegulation", atMost: 1 },
        { measurement: "lineRegulation", atMost: 0.5 },
        { measurement: "dropout", atMost: supplyVolts / 6 },
        { measurement: "supplyRejection", atLeast: 40 },
        { measurement: "quiescentCurrent", atMost: fullLoadAmperes / 50 },
        { measurement: "outputDeviation", atMost: supplyVolts / 18 },
        { measurement: "settlingError", atMost: 1 },
      ],
    },
  };
}
