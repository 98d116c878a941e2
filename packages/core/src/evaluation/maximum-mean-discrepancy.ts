import type { GraphStatistics } from "./graph-statistics.js";

/** Squared maximum mean discrepancies of two collections of circuits; 0 when they are alike. */
export interface Discrepancies {
  readonly degree: number;
  readonly clustering: number;
  readonly deviceCount: number;
}

export const discrepancyMethod =
  "squared maximum mean discrepancy, biased estimator (Gretton et al., JMLR 2012, eq. 5); Gaussian kernel, of the total " +
  "variation distance with a width of 1 for histograms of degree and clustering (Liao et al., NeurIPS 2019), of the difference " +
  "of device counts with the reference circuits' median absolute difference for a width";

/** More circuits than these are thinned evenly: the work grows with their square. */
const MOST_CIRCUITS = 1000;

export function discrepancies(circuits: readonly GraphStatistics[], reference: readonly GraphStatistics[]): Discrepancies {
  const [some, others] = [thinned(circuits), thinned(reference)];
  const width = medianDifference(others.map(({ deviceCount }) => deviceCount));
  return {
    degree: squaredDiscrepancy(some, others, (a, b) => gaussian(totalVariation(a.degrees, b.degrees), 1)),
    clustering: squaredDiscrepancy(some, others, (a, b) => gaussian(totalVariation(a.clustering, b.clustering), 1)),
    deviceCount: squaredDiscrepancy(some, others, (a, b) => gaussian(a.deviceCount - b.deviceCount, width)),
  };
}

/** NaN when one of the two is empty. */
export function squaredDiscrepancy<T>(some: readonly T[], others: readonly T[], kernel: (a: T, b: T) => number): number {
  const mean = (left: readonly T[], right: readonly T[]): number => {
    let sum = 0;
    for (const a of left) for (const b of right) sum += kernel(a, b);
    return sum / (left.length * right.length);
  };
  // Rounding alone can make it negative.
  return Math.max(0, mean(some, some) + mean(others, others) - 2 * mean(some, others));
}

function gaussian(distance: number, width: number): number {
  return Math.exp(-(distance * distance) / (2 * width * width));
}

function totalVariation(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (let bin = 0; bin < Math.max(one.length, other.length); bin++) sum += Math.abs((one[bin] ?? 0) - (other[bin] ?? 0));
  return sum / 2;
}

/** At least 1, so that circuits that are all of one size have a kernel too. */
function medianDifference(counts: readonly number[]): number {
  const differences = counts.flatMap((one, index) => counts.slice(index + 1).map((other) => Math.abs(one - other)));
  differences.sort((a, b) => a - b);
  return Math.max(1, differences[Math.floor(differences.length / 2)] ?? 1);
}

function thinned<T>(items: readonly T[]): readonly T[] {
  if (items.length <= MOST_CIRCUITS) return items;
  return Array.from({ length: MOST_CIRCUITS }, (_, index) => items[Math.floor((index * items.length) / MOST_CIRCUITS)] as T);
}
