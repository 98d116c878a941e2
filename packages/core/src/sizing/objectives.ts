import type { CircuitFamily } from "../contracts/circuit-family.js";
import { TopogenieError } from "../runtime/error.js";

/** The objective that is the family's figure of merit instead of one of its measurements. */
export const FIGURE_OF_MERIT = "figureOfMerit";

/** Something to better once the specification is met. */
export interface SizingObjective {
  readonly name: string;
  readonly better: "higher" | "lower";
  /** In its own unit; NaN when a measurement that it needs is missing. */
  value(measured: Readonly<Record<string, number>>): number;
}

/**
 * The family's figure of merit, or its measurements, by name. Throws `SIZING_OBJECTIVES` when a name is not one of the family's, or is
 * there twice, or there is none.
 */
export function sizingObjectives(
  family: Pick<CircuitFamily, "name" | "measurements" | "figureOfMerit">,
  names: readonly string[] = [FIGURE_OF_MERIT],
): readonly SizingObjective[] {
  if (names.length === 0 || new Set(names).size < names.length) {
    throw new TopogenieError(
      "SIZING_OBJECTIVES",
      `sizing.objectives must name one objective or more, each once, not [${names.join(", ")}].`,
    );
  }
  return names.map((name) => {
    const { figureOfMerit } = family;
    if (name === FIGURE_OF_MERIT) {
      return { name, better: figureOfMerit.better, value: (measured) => figureOfMerit.evaluate(measured) };
    }
    const measurement = family.measurements.find((known) => known.name === name);
    if (measurement === undefined) {
      throw new TopogenieError(
        "SIZING_OBJECTIVES",
        `sizing.objectives: family "${family.name}" does not measure "${name}". ` +
          `It measures ${family.measurements.map((known) => known.name).join(", ")}; "${FIGURE_OF_MERIT}" is its figure of merit.`,
      );
    }
    return { name, better: measurement.better, value: (measured) => measured[name] ?? NaN };
  });
}
