import { benchResult } from "@topogenie/core";
import type { CircuitFamily, PortRequirement, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "./bench/bandgap-deck.js";
import { START_UP_BENCH, startUpBench } from "./bench/start-up-bench.js";
import { benchName, NOMINAL_BENCH, temperatureBench, temperatures } from "./bench/temperature-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureInfluences, measureStartUp, measureTemperature } from "./measure/measure-bandgap.js";
import { measurements } from "./measurements.js";
import type { BandgapOptions } from "./options.js";
import { outputIsDriven } from "./rules/output-is-driven.js";
import { temperatureSensors } from "./rules/temperature-sensors.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 1, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Reference voltage; a second one is an inner net shown" },
  { kind: "IOUT", minimum: 0, maximum: 2, title: "Reference current, left open" },
  { kind: "VB", minimum: 0, maximum: 8, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 2, title: "Bias current" },
  { kind: "VCLK", minimum: 0, maximum: 2, title: "Clock, held high (odd numbers) or low (even ones)" },
];

export function bandgapFamily(options: BandgapOptions): CircuitFamily {
  const { supplyVolts, coldestCelsius, nominalCelsius, hottestCelsius, loadFarads, departures } = options;
  return {
    name: "bandgap",
    title: "Bandgap reference",
    conditions:
      `Supply ${supplyVolts} V, ${coldestCelsius} to ${hottestCelsius} degrees Celsius, nominally ${nominalCelsius}, ` +
      `${loadFarads * 1e12} pF and no direct current at the output.`,
    ports,
    rules: [outputIsDriven, temperatureSensors],
    seeds: () => seeds(departures),
    testbenches: (dut) => [
      ...temperatures(options).map((celsius) => temperatureBench(dut, options, celsius)),
      startUpBench(dut, options),
    ],
    measurements,
    measure: (results) => {
      const celsius = temperatures(options);
      const outputs = celsius.map((value) => outputOf(benchResult(results, benchName(options, value))));
      const nominal = outputOf(benchResult(results, NOMINAL_BENCH));
      return {
        ...measureTemperature(outputs, celsius, nominal),
        ...measureInfluences(benchResult(results, NOMINAL_BENCH), options),
        ...measureStartUp(benchResult(results, START_UP_BENCH), nominal),
      };
    },
    figureOfMerit: figureOfMerit(),
    minimumFunction: {
      // A junction alone drifts by some 2000 ppm/K and a threshold by 1000; a divider of the supply moves by 55 %/V, one of a bias
      // port by 1 % or more in 10 mV.
      description:
        "It is a reference: an output of its own making, within 300 ppm/K over temperature and 10 %/V over supply, a fourth or less of whose ripple it shows, that follows no bias port and starts by itself.",
      constraints: [
        { measurement: "outputVoltage", atLeast: supplyVolts / 12, atMost: 0.85 * supplyVolts },
        { measurement: "temperatureCoefficient", atMost: 300 },
        { measurement: "lineSensitivity", atMost: 10 },
        { measurement: "supplyRejection", atLeast: 12 },
        { measurement: "biasSensitivity", atMost: 0.4 },
        { measurement: "startUpError", atMost: 5 },
      ],
    },
    specification: {
      description: "A general-purpose reference: 50 ppm/K, 0.5 %/V, 40 dB at 1 kHz, 200 uW.",
      constraints: [
        { measurement: "temperatureCoefficient", atMost: 50 },
        { measurement: "lineSensitivity", atMost: 0.5 },
        { measurement: "supplyRejection", atLeast: 40 },
        { measurement: "power", atMost: 200e-6 },
        { measurement: "startUpError", atMost: 1 },
      ],
    },
  };
}

function outputOf({ analyses }: SimulationOk): number {
  const point = analyses.find((analysis) => analysis.kind === "op");
  return point?.op.nodes[OUTPUT_NODE] ?? Number.NaN;
}
