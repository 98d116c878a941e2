import type { Measurement } from "@topogenie/core";

export const measurements: readonly Measurement[] = [
  {
    name: "outputVoltage",
    title: "Output voltage",
    unit: "V",
    better: "higher",
    method: "Output at nominal supply and temperature.",
  },
  {
    name: "temperatureCoefficient",
    title: "Temperature coefficient",
    unit: "ppm/K",
    better: "lower",
    method:
      "Box method: span of the output over five temperatures, over the range of temperatures and the output at the nominal one.",
  },
  {
    name: "lineSensitivity",
    title: "Line sensitivity",
    unit: "%/V",
    better: "lower",
    method: "Span of the output over a supply 10 % below to 10 % above nominal, of the output and per volt.",
  },
  {
    name: "supplyRejection",
    title: "Power supply rejection at 1 kHz",
    unit: "dB",
    better: "higher",
    method: "Supply ripple over output ripple at 1 kHz.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method: "Supply voltage times the current out of the supply and out of every bias voltage.",
  },
  {
    name: "biasSensitivity",
    title: "Sensitivity to bias ports",
    unit: "%",
    better: "lower",
    method:
      "Change of the output for 10 mV of a bias voltage or 3 % of a bias current, of the output; the most of all bias ports, none without them.",
  },
  {
    name: "startUpError",
    title: "Start-up error",
    unit: "%",
    better: "lower",
    method: "Farthest distance of the output from its operating point 40 us to 50 us after the supply begins to rise in 5 us.",
  },
];
