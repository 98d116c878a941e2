import type { Measurement } from "@topogenie/core";

export const measurements: readonly Measurement[] = [
  {
    name: "decisionMargin",
    title: "Decision margin",
    unit: "V",
    better: "higher",
    method:
      "Least signed output difference (of a lone output: from half the supply) at the end of the deciding phase over input differences of 50, -10, 10 and -50 mV, one each period; negative when one is decided wrongly.",
  },
  {
    name: "delay",
    title: "Delay",
    unit: "s",
    better: "lower",
    method:
      "From the clock's edge (without a clock: from the change of the input) until the output has reached 35 % of the supply for good; the longest of those decisions.",
  },
  {
    name: "energy",
    title: "Energy per decision",
    unit: "J",
    better: "lower",
    method: "Supply voltage times the charge that supply, clocks, inputs and bias voltages give, per decision.",
  },
  {
    name: "resolution",
    title: "Resolved input difference",
    unit: "V",
    better: "lower",
    method:
      "Least of the differences applied (50, 10, 2 mV) that, like all larger ones, is decided right both ways; systematic offset and hysteresis are below it.",
  },
];
