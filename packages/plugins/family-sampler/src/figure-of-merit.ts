import type { FigureOfMerit } from "@topogenie/core";

export const figureOfMerit: FigureOfMerit = {
  name: "Walden energy per step",
  formula: "power [fJ/s] / (2^((SNDR [dB] - 1.76) / 6.02) * sampling rate [1/s])",
  unit: "fJ / step",
  source: "Walden, Analog-to-digital converter survey and analysis, IEEE J. Selected Areas in Communications 17 (1999)",
  better: "lower",
  evaluate: ({ energyPerStep }) => (energyPerStep === undefined ? Number.NaN : energyPerStep * 1e15),
};
