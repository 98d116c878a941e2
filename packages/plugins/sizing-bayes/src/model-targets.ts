import type { Evaluation } from "@topogenie/core";

/**
 * Objectives by their height above the best, compressed and standardized (mean 0 and variance 1). Infinite ones count as the
 * highest of the others. Undefined when all are alike: then there is nothing to learn.
 */
export function objectiveTargets(objectives: readonly number[]): Float64Array | undefined {
  const finite = objectives.filter(Number.isFinite);
  const least = Math.min(...finite);
  const most = Math.max(...finite);
  const heights = objectives.map((objective) => (Number.isFinite(objective) ? objective : most) - least);
  const bend = bendOf(heights);
  return standardized(heights.map((height) => compressed(height, bend)))?.values;
}

/** A constraint as its model sees it. */
export interface ConstraintTargets {
  /** A number a training point. */
  readonly values: Float64Array;
  /** A modelled value up to here counts as met. */
  readonly feasibleUpTo: number;
  /** What a unit of it counts beside the other constraints. */
  readonly weight: number;
}

/**
 * Constraints with a model of their own, those that are violated most: with the objective and the draws of a batch they fill the
 * lanes of the algebra.
 */
const MODELLED = 4;

/** Quantile of the values at which compression sets in. */
const BEND = 0.3;

/** Part of the spread of violations that a prediction may be wrong by and still count as feasible. */
const TOLERATED = 0.05;

/**
 * Of the constraints that any of the points violates, or of their sum where they are not known one by one: compressed alike and
 * standardized. A failed point violates all of them, half as badly again as the worst that did not fail.
 */
export function constraintTargets(points: readonly Pick<Evaluation, "violation" | "constraints">[]): ConstraintTargets[] {
  const columns = constraintColumns(points)
    .map((values) => ({ values, excess: excessOf(values) }))
    .filter(({ excess }) => excess > 0)
    .sort((a, b) => b.excess - a.excess)
    .slice(0, MODELLED);
  const bend = bendOf(columns.flatMap(({ values }) => values));
  return columns.flatMap(({ values }) => {
    const bent = values.map((value) => compressed(value, bend));
    let worst = Math.log(2);
    for (const value of bent) if (value < Infinity && value > worst) worst = value;
    const found = standardized(bent.map((value) => (value < Infinity ? value : 1.5 * worst)));
    return found === undefined ? [] : [{ values: found.values, feasibleUpTo: found.zero + TOLERATED, weight: found.deviation }];
  });
}

/** By a constraint, a number a point: infinite where it failed. */
function constraintColumns(points: readonly Pick<Evaluation, "violation" | "constraints">[]): number[][] {
  const known = points.find(({ violation }) => violation < Infinity)?.constraints;
  if (known === undefined) return [points.map(({ violation }) => violation)];
  return known.map((_, index) =>
    points.map(({ violation, constraints }) => (violation < Infinity ? (constraints?.[index] ?? 1) : Infinity)),
  );
}

function excessOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += Math.min(1, Math.max(0, value));
  return sum;
}

/**
 * Linear near zero and logarithmic far from it, so that one wild value does not flatten the differences among the good ones (the
 * aim of SCBO's Gaussian copula, whose kink at the best value a smooth model cannot follow). Negative values are bent alike.
 */
function compressed(value: number, bend: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value) / bend);
}

/** A low quantile of the positive values. */
function bendOf(values: readonly number[]): number {
  const positive = Float64Array.from(values.filter((value) => value > 0 && value < Infinity)).sort();
  return positive[Math.floor(positive.length * BEND)] ?? 1;
}

interface Standardized {
  readonly values: Float64Array;
  /** What zero became. */
  readonly zero: number;
  readonly deviation: number;
}

function standardized(values: readonly number[]): Standardized | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (!(deviation > 0)) return undefined;
  return { values: Float64Array.from(values).map((value) => (value - mean) / deviation), zero: -mean / deviation, deviation };
}
