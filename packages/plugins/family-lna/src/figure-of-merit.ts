import type { FigureOfMerit } from "@topogenie/core";

function ratio(decibels: number): number {
  return 10 ** (decibels / 10);
}

/** Gain and dynamic range that a watt buys, at the family's frequency. */
export function figureOfMerit(frequencyHz: number): FigureOfMerit {
  return {
    name: "G IIP3 f / ((F - 1) P)",
    formula: "gain * IIP3 [mW] * frequency [GHz] / ((noise factor - 1) * power [mW])",
    unit: "GHz",
    source:
      "Brederlow, Weber, Sauerer, Donnay, Wambacq, Vertregt, A mixed-signal design roadmap, IEEE Design & Test of Computers 18(6), 2001 (the low-noise amplifier figure of the ITRS)",
    better: "higher",
    evaluate: ({ gain, noiseFigure, inputIntercept, power }) => {
      if (gain === undefined || noiseFigure === undefined || inputIntercept === undefined || power === undefined)
        return Number.NaN;
      const excess = ratio(noiseFigure) - 1;
      if (!(excess > 0) || !(power > 0)) return Number.NaN;
      return (ratio(gain) * ratio(inputIntercept) * (frequencyHz / 1e9)) / (excess * power * 1e3);
    },
  };
}
