import type { FigureOfMerit } from "@topogenie/core";

const BOLTZMANN = 1.380649e-23;
const ROOM_KELVIN = 300;

/** How little noise a watt buys, normalised by the thermal noise. */
export function figureOfMerit(offsetHz: number): FigureOfMerit {
  return {
    name: "PFN",
    formula: "10 log10(k T / P * (f0 / df)^2) - L(df), with T = 300 K",
    unit: "dB",
    source:
      "Ham, Hajimiri, Concepts and methods in optimization of integrated LC VCOs, IEEE J. Solid-State Circuits 36(6), 2001 (power-frequency-normalized figure of merit); the phase noise is an estimate",
    better: "higher",
    evaluate: ({ frequency, phaseNoise, power }) => {
      if (frequency === undefined || phaseNoise === undefined || power === undefined || !(power > 0)) return Number.NaN;
      return 10 * Math.log10(((BOLTZMANN * ROOM_KELVIN) / power) * (frequency / offsetHz) ** 2) - phaseNoise;
    },
  };
}
