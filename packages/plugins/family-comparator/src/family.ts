import { benchResult } from "@topogenie/core";
import type { CircuitFamily, PortRequirement } from "@topogenie/core";
import { BENCH, decisionBench } from "./bench/decision-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { DECIDED_SHARE, measureComparator } from "./measure/measure-comparator.js";
import { measurements } from "./measurements.js";
import type { ComparatorOptions } from "./options.js";
import { inputsReachOutput } from "./rules/inputs-reach-output.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 1, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 4, title: "Input; a third and fourth are a second pair's, held at the common mode" },
  { kind: "VOUT", minimum: 1, maximum: 4, title: "Output; two are a differential one", alternatives: ["LOGICQ"] },
  { kind: "LOGICQ", minimum: 0, maximum: 2, title: "Logic output" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference, held at the common mode" },
  { kind: "VCM", minimum: 0, maximum: 2, title: "Common mode, half the supply" },
  { kind: "VB", minimum: 0, maximum: 8, title: "Bias voltage" },
  { kind: "VBB", minimum: 0, maximum: 2, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 5, title: "Bias current" },
  { kind: "IIN", minimum: 0, maximum: 2, title: "Bias current" },
  { kind: "VCONT", minimum: 0, maximum: 4, title: "Control voltage" },
  { kind: "VCLK", minimum: 0, maximum: 8, title: "Clock (odd numbers) or its complement (even ones)" },
  { kind: "VLATCH", minimum: 0, maximum: 2, title: "Clock" },
  { kind: "VTRACK", minimum: 0, maximum: 2, title: "Complement of the clock" },
];

export function comparatorFamily(options: ComparatorOptions): CircuitFamily {
  const { supplyVolts, periodS, loadFarads, temperatureCelsius, departures } = options;
  return {
    name: "comparator",
    title: "Comparator",
    conditions:
      `Supply ${supplyVolts} V, ${periodS * 1e9} ns for a decision, ${loadFarads * 1e15} fF at every output, ` +
      `${temperatureCelsius} degrees Celsius.`,
    ports,
    rules: [inputsReachOutput],
    seeds: () => seeds(departures),
    testbenches: (dut) => [decisionBench(dut, options)],
    measurements,
    measure: (results) => measureComparator(benchResult(results, BENCH), options),
    figureOfMerit: figureOfMerit(),
    minimumFunction: {
      // A circuit that follows its clock or favours one side is wrong in one of the decisions.
      description:
        "It decides: input differences of 10 mV of either sign, one each period and after an opposite one of 50 mV, become outputs at least 35 % of the supply apart.",
      constraints: [{ measurement: "decisionMargin", atLeast: DECIDED_SHARE * supplyVolts }],
    },
    specification: {
      description:
        "A general-purpose comparator: 2 mV, a tenth of the period, 1 pJ for a decision, outputs within 10 % of the rails.",
      constraints: [
        { measurement: "decisionMargin", atLeast: 0.4 * supplyVolts },
        { measurement: "resolution", atMost: 2e-3 },
        { measurement: "delay", atMost: 0.1 * periodS },
        { measurement: "energy", atMost: 1e-12 },
      ],
    },
  };
}
