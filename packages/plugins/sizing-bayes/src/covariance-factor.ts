import { CholeskyFactor } from "./cholesky.js";
import { matern, type Hyperparameters, type PointSet } from "./matern-kernel.js";

/**
 * Of the covariance, with noise, of points that are so far from each other. More noise is added until it can be factored: points
 * of which two nearly coincide make it singular to working precision.
 * @param distances of every two scaled points, the later one's number leading
 */
export function covarianceFactor(
  distances: Float64Array,
  count: number,
  { logSignal, logNoise }: Hyperparameters,
): CholeskyFactor {
  const signal = Math.exp(logSignal);
  for (let noise = Math.exp(logNoise); ; noise *= 10) {
    const matrix = new Float64Array(count * count);
    for (let i = 0, pair = 0; i < count; i++) {
      for (let j = 0; j < i; j++, pair++) matrix[i * count + j] = signal * matern(distances[pair] as number);
      matrix[i * count + i] = signal + noise;
    }
    const factor = CholeskyFactor.of(matrix, count);
    if (factor !== undefined) return factor;
  }
}

/** Distances of every two points, as {@link covarianceFactor} takes them. */
export function distancesWithin({ values, count, dimensions }: PointSet): Float64Array {
  const distances = new Float64Array((count * (count - 1)) / 2);
  for (let i = 0, pair = 0; i < count; i++) {
    for (let j = 0; j < i; j++, pair++) {
      let sum = 0;
      for (let d = 0, a = i * dimensions, b = j * dimensions; d < dimensions; d++) {
        const difference = (values[a + d] as number) - (values[b + d] as number);
        sum += difference * difference;
      }
      distances[pair] = Math.sqrt(sum);
    }
  }
  return distances;
}
