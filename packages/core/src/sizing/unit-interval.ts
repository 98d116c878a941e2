import type { DesignVariable } from "./design-variables.js";

type Range = Pick<DesignVariable, "minimum" | "maximum" | "scale" | "integer" | "grid">;

/** Figures that a netlist shows, so that what is written there is what was simulated. */
const SIGNIFICANT_DIGITS = 6;

/** The value at a coordinate of [0, 1]: mapped by the variable's scale, then rounded to what can be made. */
export function fromUnit(range: Range, coordinate: number): number {
  const at = Math.min(1, Math.max(0, coordinate));
  const { minimum, maximum } = range;
  const value = range.scale === "log" ? minimum * (maximum / minimum) ** at : minimum + at * (maximum - minimum);
  return roundToMakeable(range, value);
}

/** The coordinate in [0, 1] of a value; values beyond the bounds are moved onto them. */
export function toUnit(range: Range, value: number): number {
  const { minimum, maximum } = range;
  const at =
    range.scale === "log" ? Math.log(value / minimum) / Math.log(maximum / minimum) : (value - minimum) / (maximum - minimum);
  return Math.min(1, Math.max(0, at));
}

/** Distinct values, where they are few and evenly spaced in the coordinate. */
export function levels(range: Range): number | undefined {
  return range.integer && range.scale === "linear" ? Math.floor(range.maximum) - Math.ceil(range.minimum) + 1 : undefined;
}

function roundToMakeable(range: Range, value: number): number {
  const inside = (rounded: number): number => Math.min(range.maximum, Math.max(range.minimum, rounded));
  if (range.integer) return inside(Math.round(value));
  // Twelve digits undo the binary remainder of a product such as 36 * 5e-9.
  if (range.grid !== undefined) return inside(Number((Math.round(value / range.grid) * range.grid).toPrecision(12)));
  return inside(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
