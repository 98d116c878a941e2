/** What a model is fitted to: the training points that have a value, and those values with mean 0 and variance 1. */
export interface ModelTargets {
  readonly points: readonly Float64Array[];
  readonly values: Float64Array;
}

/**
 * Objectives by their height above the best, compressed and standardized. Infinite ones are left out. Undefined when fewer than
 * two differ: then there is nothing to learn.
 */
export function objectiveTargets(points: readonly Float64Array[], objectives: readonly number[]): ModelTargets | undefined {
  const kept = objectives.flatMap((objective, index) => (Number.isFinite(objective) ? [index] : []));
  const least = Math.min(...kept.map((index) => objectives[index] ?? Infinity));
  const heights = kept.map((index) => (objectives[index] ?? Infinity) - least);
  const found = standardized(compressed(heights));
  return found === undefined ? undefined : { points: kept.flatMap((index) => points[index] ?? []), values: found.values };
}

export interface ViolationTargets extends ModelTargets {
  /** A modelled violation up to here counts as none. */
  readonly feasibleUpTo: number;
}

/** Quantile of the values at which compression sets in. */
const BEND = 0.3;

/** Part of the spread of violations that a prediction may be wrong by and still count as feasible. */
const TOLERATED = 0.05;

/**
 * Total violations, compressed and standardized. A failed point counts as half as bad again as the worst that did not fail.
 * Undefined when all hold alike: then there is nothing to learn.
 */
export function violationTargets(points: readonly Float64Array[], violations: readonly number[]): ViolationTargets | undefined {
  const finite = compressed(violations.filter(Number.isFinite));
  const worst = 1.5 * Math.max(Math.log(2), ...finite);
  let next = 0;
  const found = standardized(violations.map((violation) => (Number.isFinite(violation) ? (finite[next++] ?? worst) : worst)));
  return found === undefined ? undefined : { points, values: found.values, feasibleUpTo: found.zero + TOLERATED };
}

/**
 * Linear near zero and logarithmic far from it, so that one wild value does not flatten the differences among the good ones (the
 * aim of SCBO's Gaussian copula, whose kink at the best value a smooth model cannot follow). The bend lies at a low quantile.
 * @param values not negative
 */
function compressed(values: readonly number[]): number[] {
  const positive = values.filter((value) => value > 0).sort((a, b) => a - b);
  const bend = positive[Math.floor(positive.length * BEND)] ?? 1;
  return values.map((value) => Math.log1p(value / bend));
}

function standardized(values: readonly number[]): { readonly values: Float64Array; readonly zero: number } | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (!(deviation > 0)) return undefined;
  return { values: Float64Array.from(values, (value) => (value - mean) / deviation), zero: -mean / deviation };
}
