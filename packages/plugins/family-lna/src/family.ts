import { benchResult, type CircuitFamily, type Measurement, type PortRequirement } from "@topogenie/core";
import { COMPRESSION, lnaBenches, SMALL_SIGNAL, TONE_WATTS, toneVolts } from "./bench/lna-benches.js";
import { figureOfMerit } from "./figure-of-merit.js";
import { gainUnderTone, interceptFromCompression, measureSmallSignal, smallSignalGain } from "./measure/measure-lna.js";
import type { LnaOptions } from "./options.js";
import { hasTransistor } from "./rules/has-transistor.js";
import { signalPath } from "./rules/signal-path.js";
import { seeds } from "./seeds.js";

const ports: readonly PortRequirement[] = [
  { kind: "VDD", minimum: 1, maximum: 1, title: "Supply" },
  { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
  { kind: "VIN", minimum: 1, maximum: 2, title: "Radio-frequency input; two are a differential one" },
  { kind: "VOUT", minimum: 1, maximum: 2, title: "Output; two are a differential one" },
  { kind: "VB", minimum: 0, maximum: 6, title: "Bias voltage" },
  { kind: "IB", minimum: 0, maximum: 3, title: "Bias current" },
  { kind: "VREF", minimum: 0, maximum: 2, title: "Reference voltage" },
  { kind: "VCONT", minimum: 0, maximum: 2, title: "Gain control voltage" },
];

const measurements: readonly Measurement[] = [
  {
    name: "gain",
    title: "Transducer gain",
    unit: "dB",
    better: "higher",
    method:
      "Power in the load over the power available from the source at the frequency of operation: |S21|^2 between the two resistances.",
  },
  {
    name: "inputReflection",
    title: "Input reflection S11",
    unit: "dB",
    better: "lower",
    method: "Magnitude of 2 Vin / Vs - 1 at the frequency of operation, behind the source resistance.",
  },
  {
    name: "noiseFigure",
    title: "Noise figure",
    unit: "dB",
    better: "lower",
    method:
      "Noise at the load referred to the source, over the thermal noise of the source resistance at the same temperature; the load makes none.",
  },
  {
    name: "inputIntercept",
    title: "Third-order input intercept (estimate)",
    unit: "dBm",
    better: "higher",
    method:
      "Power of a -20 dBm tone over the relative change that it makes to the gain, as for a memoryless cubic; changes below 2 % count as 2 %, so that nothing above -3 dBm is claimed.",
  },
  {
    name: "power",
    title: "Power",
    unit: "W",
    better: "lower",
    method: "Supply voltage times the direct current out of the supply and out of every bias voltage.",
  },
];

export function lnaFamily(options: LnaOptions): CircuitFamily {
  const { supplyVolts, frequencyHz, sourceOhms, loadOhms, windingOhms, temperatureCelsius } = options;
  return {
    name: "lna",
    title: "Low-noise amplifier",
    conditions: `Supply ${supplyVolts} V, ${frequencyHz / 1e9} GHz, source ${sourceOhms} ohm, load ${loadOhms} ohm, coils with ${windingOhms} ohm each, ${temperatureCelsius} degrees Celsius.`,
    ports,
    // What a radio-frequency front end uses: short channels, many fingers, spirals of nanohenries.
    bounds: {
      "nmos4.w": { minimum: 1e-6, maximum: 1e-3, default: 100e-6 },
      "nmos4.l": { minimum: 0.18e-6, maximum: 1e-6, default: 0.18e-6 },
      "pmos4.w": { minimum: 1e-6, maximum: 1e-3, default: 200e-6 },
      "pmos4.l": { minimum: 0.18e-6, maximum: 1e-6, default: 0.18e-6 },
      "npn.area": { minimum: 1, maximum: 200, default: 10 },
      "pnp.area": { minimum: 1, maximum: 200, default: 10 },
      "resistor.r": { minimum: 10, maximum: 100e3, default: 1e3 },
      "capacitor.c": { minimum: 20e-15, maximum: 20e-12, default: 1e-12 },
      "inductor.l": { minimum: 0.2e-9, maximum: 30e-9, default: 4e-9 },
    },
    rules: [hasTransistor, signalPath],
    seeds: () => seeds(options.departures),
    testbenches: (dut) => lnaBenches(dut, options),
    measurements,
    measure: (results) => {
      const small = benchResult(results, SMALL_SIGNAL);
      const large = benchResult(results, COMPRESSION);
      const before = smallSignalGain(small);
      const after = gainUnderTone(large, options, toneVolts(TONE_WATTS, sourceOhms));
      return {
        ...measureSmallSignal(small, options),
        ...(before === undefined || after === undefined
          ? {}
          : { inputIntercept: interceptFromCompression(before, after, TONE_WATTS) }),
      };
    },
    figureOfMerit: figureOfMerit(frequencyHz),
    minimumFunction: {
      // A passive circuit has at most 0 dB of transducer gain and a noise figure above its loss.
      description:
        "It amplifies with little noise: twice the available power in the load (3 dB), a noise figure of at most 8 dB, and at least half of the available power taken in.",
      constraints: [
        { measurement: "gain", atLeast: 3 },
        { measurement: "noiseFigure", atMost: 8 },
        { measurement: "inputReflection", atMost: -3 },
      ],
    },
    specification: {
      description: "A receiver's first stage: 12 dB, 3 dB of noise, matched to -10 dB, intercept at -15 dBm, at most 15 mW.",
      constraints: [
        { measurement: "gain", atLeast: 12 },
        { measurement: "noiseFigure", atMost: 3 },
        { measurement: "inputReflection", atMost: -10 },
        { measurement: "inputIntercept", atLeast: -15 },
        { measurement: "power", atMost: 15e-3 },
      ],
    },
  };
}
