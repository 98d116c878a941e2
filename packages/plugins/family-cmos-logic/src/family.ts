import { benchResult } from "@topogenie/core";
import type { CircuitFamily, Measurement, PortRequirement } from "@topogenie/core";
import { BENCH, inputKinds, logicBench, outputKinds } from "./bench/logic-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureLogic } from "./measure/measure-logic.js";
import type { CmosLogicOptions } from "./options.js";
import { inputsReachOutputs } from "./rules/inputs-reach-outputs.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 1, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  ...oneAtLeast(inputKinds, 6, "Logic input"),
  ...oneAtLeast(outputKinds, 4, "Logic output"),
  { kind: "VCLK", minimum: 0, maximum: 2, title: "Clock; even numbers get its complement" },
  { kind: "VB", minimum: 0, maximum: 4, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 2, title: "Bias current" },
];

const measurements: readonly Measurement[] = [
  {
    name: "levelMargin",
    title: "Level margin",
    unit: "1",
    better: "higher",
    method:
      "Least distance of any output from half the supply, over half the supply, with every combination of inputs applied twice at levels that stay away from the rails: 1 is a full level. Clocked circuits are read at the end of the clock's high half.",
  },
  {
    name: "inputsThatMatter",
    title: "Inputs that matter",
    unit: "1",
    better: "higher",
    method: "Share of inputs that change some output in some combination of the others.",
  },
  {
    name: "outputsThatChange",
    title: "Outputs that change",
    unit: "1",
    better: "higher",
    method: "Share of outputs that take both values over the truth table.",
  },
  {
    name: "remembered",
    title: "Combinations with memory",
    unit: "1",
    better: "lower",
    method: "Combinations of inputs that gave other outputs when reached the other way: none in a gate, some in a latch.",
  },
  {
    name: "delay",
    title: "Worst delay",
    unit: "s",
    better: "lower",
    method:
      "Longest time from a change of inputs (of the clock, in clocked circuits) to an output's passing half the supply, over every change of the table.",
  },
  {
    name: "energy",
    title: "Energy",
    unit: "J",
    better: "lower",
    method: "Supply voltage times the charge that supply, clocks and inputs give, a slot of the table on average.",
  },
  { name: "power", title: "Power", unit: "W", better: "lower", method: "Energy over the length of a slot." },
];

/** Inputs and outputs come under several names, of which any serves. */
function oneAtLeast([kind = "", ...others]: readonly string[], maximum: number, title: string): PortRequirement[] {
  return [
    { kind, minimum: 1, maximum, title, alternatives: others },
    ...others.map((other) => ({ kind: other, minimum: 0, maximum, title })),
  ];
}

export function cmosLogicFamily(options: CmosLogicOptions): CircuitFamily {
  const { supplyVolts, loadFarads, slotS, inputLoss, temperatureCelsius } = options;
  return {
    name: "cmos-logic",
    title: "CMOS logic",
    conditions: `Supply ${supplyVolts} V, ${loadFarads * 1e15} fF from every output to ground, inputs at ${inputLoss * 100} % and ${(1 - inputLoss) * 100} % of the supply for ${slotS * 1e9} ns each, ${temperatureCelsius} degrees Celsius.`,
    ports,
    bounds: {
      "nmos4.w": { minimum: 0.22e-6, maximum: 20e-6, default: 1e-6 },
      "pmos4.w": { minimum: 0.22e-6, maximum: 40e-6, default: 2e-6 },
      "nmos4.l": { minimum: 0.18e-6, maximum: 2e-6, default: 0.18e-6 },
      "pmos4.l": { minimum: 0.18e-6, maximum: 2e-6, default: 0.18e-6 },
    },
    rules: [inputsReachOutputs],
    seeds,
    testbenches: (dut) => [logicBench(dut, options)],
    measurements,
    measure: (results) => measureLogic(benchResult(results, BENCH), options),
    figureOfMerit,
    minimumFunction: {
      // A wire or a lone pass transistor hands its input's level on and restores nothing.
      description:
        "It computes: every output is within a tenth of the supply of a rail for all inputs, though the inputs themselves are not; every input matters and every output changes.",
      constraints: [
        { measurement: "levelMargin", atLeast: 0.8 },
        { measurement: "inputsThatMatter", atLeast: 1 },
        { measurement: "outputsThatChange", atLeast: 1 },
      ],
    },
    specification: {
      description: "Static levels within 2.5 % of the rails, 0.5 ns worst delay.",
      constraints: [
        { measurement: "levelMargin", atLeast: 0.95 },
        { measurement: "inputsThatMatter", atLeast: 1 },
        { measurement: "outputsThatChange", atLeast: 1 },
        { measurement: "delay", atMost: 0.5e-9 },
      ],
    },
  };
}
