import type { FigureOfMerit } from "@topogenie/core";

/** The span of the output over the range of temperatures. */
export function figureOfMerit(): FigureOfMerit {
  return {
    name: "TC",
    formula: "(greatest output - least output) / (output at nominal temperature * range of temperatures) * 1e6",
    unit: "ppm/K",
    source: "The box method, as in Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 4.4",
    better: "lower",
    evaluate: ({ temperatureCoefficient }) => temperatureCoefficient ?? Number.NaN,
  };
}
