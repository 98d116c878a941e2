import { LEAST_HEADROOM_VOLTS } from "@topogenie/building-blocks";
import { benchResult } from "@topogenie/core";
import type { CircuitFamily, Measurement, PortRequirement } from "@topogenie/core";
import { BENCH, opampBench } from "./bench/opamp-bench.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { measureOpamp } from "./measure/measure-opamp.js";
import type { OpampOptions } from "./options.js";
import { inputsAreSensed } from "./rules/inputs-are-sensed.js";
import { outputIsDriven } from "./rules/output-is-driven.js";
import { signalPath } from "./rules/signal-path.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 1, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 2, title: "Signal input" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Output; two are a differential one" },
  { kind: "VB", minimum: 0, maximum: 8, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 4, title: "Bias current" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
  { kind: "VCM", minimum: 0, maximum: 2, title: "Output common mode, half the supply" },
  { kind: "VBB", minimum: 0, maximum: 2, title: "Bias voltage" },
  { kind: "VCONT", minimum: 0, maximum: 2, title: "Control voltage" },
  { kind: "VCLK", minimum: 0, maximum: 4, title: "Clock, held high (odd numbers) or low (even ones)" },
];

const measurements: readonly Measurement[] = [
  {
    name: "gain",
    title: "Open-loop gain",
    unit: "dB",
    better: "higher",
    method: "Differential gain at 10 Hz, the loop closed for direct current alone.",
  },
  {
    name: "unityGainBandwidth",
    title: "Unity-gain bandwidth",
    unit: "Hz",
    better: "higher",
    method:
      "First frequency at which the open-loop gain falls through 1; or the least product of gain and bandwidth on the way there, where a zero or a resonance held the gain up.",
  },
  {
    name: "phaseMargin",
    title: "Phase margin",
    unit: "deg",
    better: "higher",
    method:
      "180 degrees plus the unwrapped phase where the open-loop gain is 1; the least, where that is so more than once. A phase that leads what Bode's relation allows to a stable circuit counts as a turn later.",
  },
  {
    name: "gainPeaking",
    title: "Gain peaking",
    unit: "dB",
    better: "lower",
    method:
      "Largest rise of the open-loop gain from any frequency to a higher one at which it is above -6 dB: a resonance at which feedback may oscillate.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method: "Supply voltage times the current out of the supply and out of every bias voltage.",
  },
  {
    name: "inputOffset",
    title: "Systematic input offset",
    unit: "V",
    better: "lower",
    method: "Magnitude of the differential input that the direct-current loop settles at.",
  },
  {
    name: "outputHeadroom",
    title: "Output headroom",
    unit: "V",
    better: "higher",
    method: "Distance of the outputs' operating point from the nearer rail.",
  },
  {
    name: "biasHeadroom",
    title: "Headroom of the bias currents",
    unit: "V",
    better: "higher",
    method:
      "Least voltage across the ideal sources of the bias currents, which transistors have to stand in for; the supply voltage where there are none.",
  },
];

export function opampFamily(options: OpampOptions): CircuitFamily {
  const { supplyVolts, loadFarads, temperatureCelsius } = options;
  return {
    name: "opamp",
    title: "Operational amplifier",
    conditions: `Supply ${supplyVolts} V, ${loadFarads * 1e12} pF from every output to ground, ${temperatureCelsius} degrees Celsius.`,
    ports,
    rules: [inputsAreSensed, outputIsDriven, signalPath],
    seeds: () => seeds(options.departures),
    testbenches: (dut) => [opampBench(dut, options)],
    measurements,
    measure: (results) => measureOpamp(benchResult(results, BENCH), supplyVolts),
    figureOfMerit: figureOfMerit(loadFarads),
    minimumFunction: {
      // 20 dB is more than one transistor passes on by accident, yet a single resistively loaded stage reaches it.
      description:
        "It amplifies: 20 dB at low frequency, more than unity up to 100 kHz, with its output between the rails where it can move and no bias current drawn from beyond them.",
      constraints: [
        { measurement: "gain", atLeast: 20 },
        { measurement: "unityGainBandwidth", atLeast: 100e3 },
        { measurement: "outputHeadroom", atLeast: supplyVolts / 18 },
        { measurement: "biasHeadroom", atLeast: 0 },
      ],
    },
    specification: {
      description:
        "A general-purpose op-amp: 60 dB, 5 MHz, 55 degrees without a resonance, at most 2 mW, its bias currents within reach of transistors.",
      constraints: [
        { measurement: "gain", atLeast: 60 },
        { measurement: "unityGainBandwidth", atLeast: 5e6 },
        { measurement: "phaseMargin", atLeast: 55 },
        { measurement: "gainPeaking", atMost: 3 },
        { measurement: "power", atMost: 2e-3 },
        { measurement: "outputHeadroom", atLeast: supplyVolts / 18 },
        { measurement: "biasHeadroom", atLeast: LEAST_HEADROOM_VOLTS },
      ],
    },
  };
}
