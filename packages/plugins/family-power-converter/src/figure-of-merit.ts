import type { FigureOfMerit } from "@topogenie/core";

export const figureOfMerit: FigureOfMerit = {
  name: "|M| eta",
  formula: "magnitude of the conversion ratio (mean output over input voltage) * efficiency",
  unit: "1",
  source:
    "Conversion ratio M and efficiency as in Erickson, Maksimovic, Fundamentals of Power Electronics, ch. 1 to 3; AnalogGenie (Gao et al., ICLR 2025) judges its converters by these two",
  better: "higher",
  evaluate: ({ conversionRatio, efficiency }) =>
    conversionRatio === undefined || efficiency === undefined ? Number.NaN : Math.abs(conversionRatio) * efficiency,
};
