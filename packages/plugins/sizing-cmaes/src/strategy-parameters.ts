/** The internal parameters of CMA-ES (Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772, table 1). */
export interface StrategyParameters {
  /** Best first; positive for the better half. The negative ones are zero when the update is not active. */
  readonly weights: Float64Array;
  readonly parents: number;
  /** Variance-effective number of parents. */
  readonly effectiveParents: number;
  readonly meanPathRate: number;
  readonly rankOneRate: number;
  readonly rankMuRate: number;
  readonly stepPathRate: number;
  readonly stepDamping: number;
  /** Expected length of a standard normal vector. */
  readonly normalLength: number;
}

/** @param n dimensions */
export function strategyParameters(n: number, population: number, active: boolean): StrategyParameters {
  const raw = Float64Array.from({ length: population }, (_, index) => Math.log((population + 1) / 2) - Math.log(index + 1));
  const parents = Math.floor(population / 2);
  const effective = effectiveNumber(raw.subarray(0, parents));
  const effectiveNegative = effectiveNumber(raw.subarray(parents));
  const rankOneRate = 2 / ((n + 1.3) ** 2 + effective);
  const rankMuRate = Math.min(1 - rankOneRate, (2 * (0.25 + effective + 1 / effective - 2)) / ((n + 2) ** 2 + effective));
  // The smallest of the three bounds of the tutorial's equations 50 to 52.
  const negative = Math.min(
    1 + rankOneRate / rankMuRate,
    1 + (2 * effectiveNegative) / (effective + 2),
    (1 - rankOneRate - rankMuRate) / (n * rankMuRate),
  );
  const positiveSum = raw.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const negativeSum = raw.reduce((sum, weight) => sum + Math.max(0, -weight), 0);
  const stepPathRate = (effective + 2) / (n + effective + 5);
  return {
    weights: raw.map((weight) => (weight >= 0 ? weight / positiveSum : active ? (negative * weight) / negativeSum : 0)),
    parents,
    effectiveParents: effective,
    meanPathRate: (4 + effective / n) / (n + 4 + (2 * effective) / n),
    rankOneRate,
    rankMuRate,
    stepPathRate,
    stepDamping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + stepPathRate,
    normalLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

function effectiveNumber(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return squares === 0 ? 1 : (sum * sum) / squares;
}
