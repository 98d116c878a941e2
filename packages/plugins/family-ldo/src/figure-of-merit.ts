import type { FigureOfMerit } from "@topogenie/core";

/** Response time times the share of the load current that the regulator spends on itself. */
export function figureOfMerit(loadSwingAmperes: number): FigureOfMerit {
  return {
    name: "C dV IQ / Imax^2",
    formula: "output capacitance [F] * output deviation [V] * quiescent current [A] / load step [A]^2, in picoseconds",
    unit: "ps",
    source:
      "Hazucha, Karnik, Bloechel, Parsons, Finan, Borkar, Area-efficient linear regulator with ultra-fast load regulation, IEEE J. Solid-State Circuits 40 (2005)",
    better: "lower",
    evaluate: ({ outputCapacitance, outputDeviation, quiescentCurrent }) =>
      outputCapacitance === undefined ||
      outputDeviation === undefined ||
      quiescentCurrent === undefined ||
      !(quiescentCurrent > 0)
        ? Number.NaN
        : (1e12 * outputCapacitance * outputDeviation * quiescentCurrent) / loadSwingAmperes ** 2,
  };
}
