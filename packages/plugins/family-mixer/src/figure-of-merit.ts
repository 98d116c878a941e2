import type { FigureOfMerit } from "@topogenie/core";

/** Output intercept that a watt buys, the local oscillator's included. */
export const figureOfMerit: FigureOfMerit = {
  name: "OIP3 / P",
  formula: "power conversion gain * IIP3 [mW] / (supply power + available local-oscillator power) [mW]",
  unit: "1",
  source:
    "Razavi, RF Microelectronics, ch. 6 (gain, linearity and power of mixers); the low-noise amplifier figure of Brederlow et al., IEEE Design & Test of Computers 18(6), 2001, without its noise term, since noise under a local oscillator is not simulated",
  better: "higher",
  evaluate: ({ powerGain, inputIntercept, power }) =>
    powerGain === undefined || inputIntercept === undefined || power === undefined || !(power > 0)
      ? Number.NaN
      : 10 ** ((powerGain + inputIntercept) / 10) / (power * 1e3),
};
