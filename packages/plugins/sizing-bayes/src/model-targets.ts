/** What a model is fitted to: the training points that have a value, and those values with mean 0 and variance about 1. */
export interface ModelTargets {
  readonly points: readonly Float64Array[];
  readonly values: Float64Array;
}

/**
 * Values by their rank, as quantiles of the standard normal distribution (the Gaussian copula of SCBO, Eriksson and Poloczek,
 * AISTATS 2021): one wild value does not flatten the differences among the good ones. Infinite ones are left out; equal ones
 * share their mean rank.
 */
export function rankTargets(points: readonly Float64Array[], values: readonly number[]): ModelTargets {
  const kept = values.flatMap((value, index) => (Number.isFinite(value) ? [index] : []));
  const order = [...kept].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Map<number, number>();
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to] ?? -1] === values[order[from] ?? -1]) to++;
    for (const index of order.slice(from, to)) ranks.set(index, (from + to) / 2);
    from = to;
  }
  return {
    points: kept.flatMap((index) => points[index] ?? []),
    values: Float64Array.from(kept, (index) => normalQuantile((ranks.get(index) ?? 0) / kept.length)),
  };
}

export interface ViolationTargets extends ModelTargets {
  /** A modelled violation up to here counts as none. */
  readonly feasibleUpTo: number;
}

/** Part of the spread of violations that a prediction may be wrong by and still count as feasible. */
const TOLERATED = 0.02;

/**
 * Total violations, square-rooted so that the small ones near the feasible region are told apart, and standardized. A failed
 * point counts as half as bad again as the worst that did not fail. Undefined when all hold alike: then there is nothing to learn.
 */
export function violationTargets(points: readonly Float64Array[], violations: readonly number[]): ViolationTargets | undefined {
  const finite = violations.filter(Number.isFinite).map(Math.sqrt);
  const worst = finite.length === 0 ? 1 : 1.5 * Math.max(...finite, 1e-6);
  const roots = violations.map((violation) => (Number.isFinite(violation) ? Math.sqrt(violation) : worst));
  const mean = roots.reduce((sum, value) => sum + value, 0) / roots.length;
  const deviation = Math.sqrt(roots.reduce((sum, value) => sum + (value - mean) ** 2, 0) / roots.length);
  if (deviation === 0) return undefined;
  return {
    points,
    values: Float64Array.from(roots, (value) => (value - mean) / deviation),
    feasibleUpTo: -mean / deviation + TOLERATED,
  };
}

/** Inverse of the standard normal distribution function (Acklam's rational approximation, relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  const tail = 0.02425;
  if (p > 1 - tail) return -normalQuantile(1 - p);
  if (p < tail) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(LOWER, q) / (polynomial(LOWER_BELOW, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(CENTRE, r) * q) / (polynomial(CENTRE_BELOW, r) * r + 1);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const CENTRE = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const CENTRE_BELOW = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const LOWER = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
];
const LOWER_BELOW = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
