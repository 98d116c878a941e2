import type { FigureOfMerit } from "@topogenie/core";

export const figureOfMerit: FigureOfMerit = {
  name: "lock energy",
  formula: "power [mW] * lock time [ns]",
  unit: "pJ",
  source:
    "Power and lock time judge a loop in Gardner, Phaselock Techniques, ch. 8 (acquisition); their product is the energy until lock",
  better: "lower",
  evaluate: ({ power, lockTime }) => (power === undefined || lockTime === undefined ? Number.NaN : power * 1e3 * lockTime * 1e9),
};
