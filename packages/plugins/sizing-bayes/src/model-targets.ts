/**
 * Objectives by their height above the best, compressed and standardized (mean 0 and variance 1). Infinite ones count as the
 * highest of the others. Undefined when all are alike: then there is nothing to learn.
 */
export function objectiveTargets(objectives: readonly number[]): Float64Array | undefined {
  const finite = objectives.filter(Number.isFinite);
  const least = Math.min(...finite);
  const most = Math.max(...finite);
  return standardized(compressed(objectives.map((objective) => (Number.isFinite(objective) ? objective : most) - least)))?.values;
}

export interface ViolationTargets {
  readonly values: Float64Array;
  /** A modelled violation up to here counts as none. */
  readonly feasibleUpTo: number;
}

/** Quantile of the values at which compression sets in. */
const BEND = 0.3;

/** Part of the spread of violations that a prediction may be wrong by and still count as feasible. */
const TOLERATED = 0.05;

/**
 * Total violations, or margins with their sign turned where all constraints hold, compressed and standardized. A failed point
 * counts as half as bad again as the worst that did not fail. Undefined when all hold alike: then there is nothing to learn.
 */
export function violationTargets(violations: readonly number[]): ViolationTargets | undefined {
  const finite = compressed(violations.filter(Number.isFinite));
  const worst = 1.5 * Math.max(Math.log(2), ...finite);
  let next = 0;
  const found = standardized(violations.map((violation) => (Number.isFinite(violation) ? (finite[next++] ?? worst) : worst)));
  if (found === undefined) return undefined;
  return { values: found.values, feasibleUpTo: found.zero + TOLERATED };
}

/**
 * Linear near zero and logarithmic far from it, so that one wild value does not flatten the differences among the good ones (the
 * aim of SCBO's Gaussian copula, whose kink at the best value a smooth model cannot follow). The bend lies at a low quantile of
 * the positive values; negative ones are bent alike.
 */
function compressed(values: readonly number[]): number[] {
  const positive = Float64Array.from(values.filter((value) => value > 0)).sort();
  const bend = positive[Math.floor(positive.length * BEND)] ?? 1;
  return values.map((value) => Math.sign(value) * Math.log1p(Math.abs(value) / bend));
}

function standardized(values: readonly number[]): { readonly values: Float64Array; readonly zero: number } | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (!(deviation > 0)) return undefined;
  return { values: Float64Array.from(values).map((value) => (value - mean) / deviation), zero: -mean / deviation };
}
