export interface UnityCrossing {
  readonly hertz: number;
  /** Index of the point before, and the share of the way to the next. */
  readonly position: number;
}

/**
 * Frequencies at which the magnitude falls or rises through 1, by interpolation that is straight in log frequency and
 * decibels. `hertz` ascending; `magnitude` as long, linear.
 */
export function unityCrossings(hertz: Float64Array, magnitude: Float64Array): UnityCrossing[] {
  const found: UnityCrossing[] = [];
  for (let index = 1; index < hertz.length; index++) {
    const before = Math.log10(magnitude[index - 1] ?? 0);
    const after = Math.log10(magnitude[index] ?? 0);
    if (!Number.isFinite(before) || !Number.isFinite(after) || before >= 0 === after >= 0) continue;
    const share = before / (before - after);
    const from = Math.log10(hertz[index - 1] ?? 0);
    found.push({ hertz: 10 ** (from + share * (Math.log10(hertz[index] ?? 0) - from)), position: index - 1 + share });
  }
  return found;
}
