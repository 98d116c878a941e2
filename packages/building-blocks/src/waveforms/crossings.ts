/** Positions at which `y` passes through `level`, found by straight lines between samples. `x` ascends. */
export function crossings(
  x: Float64Array,
  y: Float64Array,
  level: number,
  direction: "rising" | "falling" | "either",
): readonly number[] {
  const found: number[] = [];
  for (let index = 1; index < x.length; index++) {
    const before = (y[index - 1] ?? Number.NaN) - level;
    const after = (y[index] ?? Number.NaN) - level;
    const rises = before < 0 && after >= 0;
    const falls = before > 0 && after <= 0;
    if ((direction !== "falling" && rises) || (direction !== "rising" && falls)) {
      const from = x[index - 1] ?? 0;
      found.push(from + (((x[index] ?? 0) - from) * before) / (before - after));
    }
  }
  return found;
}
