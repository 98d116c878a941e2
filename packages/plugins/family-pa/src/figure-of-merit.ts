import type { FigureOfMerit } from "@topogenie/core";

/** Output power, gain and efficiency at a frequency. */
export function figureOfMerit(frequencyHz: number): FigureOfMerit {
  return {
    name: "Pout G PAE f^2",
    formula: "output power [W] * power gain * power-added efficiency * (frequency [GHz])^2",
    unit: "W GHz^2",
    source:
      "Brederlow, Weber, Sauerer, Donnay, Wambacq, Vertregt, A mixed-signal design roadmap, IEEE Design & Test of Computers 18(6), 2001 (the power-amplifier figure of the ITRS)",
    better: "higher",
    evaluate: ({ outputPower, gain, powerAddedEfficiency }) =>
      outputPower === undefined || gain === undefined || powerAddedEfficiency === undefined
        ? Number.NaN
        : outputPower * 10 ** (gain / 10) * powerAddedEfficiency * (frequencyHz / 1e9) ** 2,
  };
}
