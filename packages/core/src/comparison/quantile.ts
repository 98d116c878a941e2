/**
 * The smallest value that is at least as large as a share of all (type 1 of Hyndman and Fan, American Statistician 50, 1996):
 * one of the values themselves, so that infinite ones, such as a goal never reached, are no trouble. NaN of nothing.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => (one === other ? 0 : one < other ? -1 : 1));
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
