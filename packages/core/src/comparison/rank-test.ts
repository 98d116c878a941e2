/** More ways than this to share out the ranks are not counted one by one. */
const MOST_EXACT = 200_000;

/**
 * Two-sided rank test of Mann and Whitney (Annals of Mathematical Statistics 18, 1947): the probability that two samples of
 * one distribution differ in their ranks as much as these do. Exact while the ways to share out the ranks can be counted
 * (five against five: 252), else by the normal approximation with the correction for ties (Lehmann, Nonparametrics, ch. 1).
 * Infinite values are ranks like any other. NaN for an empty sample.
 */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  const [m, n] = [one.length, other.length];
  if (m === 0 || n === 0) return Number.NaN;
  const ranks = midranks([...one, ...other]);
  const sum = ranks.slice(0, m).reduce((total, rank) => total + rank, 0);
  const mean = (m * (m + n + 1)) / 2;
  const distance = Math.abs(sum - mean);
  return choose(m + n, m) <= MOST_EXACT ? exact(ranks, m, mean, distance) : approximate(ranks, m, n, distance);
}

/** Ranks from 1; equal values share the mean of theirs. */
export function midranks(values: readonly number[]): number[] {
  const sorted = [...values].sort(ascending);
  return values.map((value) => {
    const first = sorted.indexOf(value);
    const last = sorted.lastIndexOf(value);
    return (first + last) / 2 + 1;
  });
}

function ascending(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function exact(ranks: readonly number[], size: number, mean: number, distance: number): number {
  let all = 0;
  let asFar = 0;
  const share = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      all++;
      // Half ranks are exact in binary, so nothing is lost in the sum.
      if (Math.abs(sum - mean) >= distance) asFar++;
      return;
    }
    for (let index = from; index <= ranks.length - left; index++) share(index + 1, left - 1, sum + (ranks[index] ?? 0));
  };
  share(0, size, 0);
  return asFar / all;
}

function approximate(ranks: readonly number[], m: number, n: number, distance: number): number {
  const total = m + n;
  const mean = (total + 1) / 2;
  const spread = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0);
  const deviation = Math.sqrt((m * n * spread) / (total * (total - 1)));
  if (deviation === 0) return 1;
  return Math.min(1, 2 * upperTail(Math.max(0, distance - 0.5) / deviation));
}

/** Of the standard normal distribution, to 1e-7 (Abramowitz, Stegun, Handbook of Mathematical Functions, 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let index = 1; index <= Math.min(k, n - k); index++) ways = (ways * (n - index + 1)) / index;
  return ways;
}
