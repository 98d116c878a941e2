import { CholeskyFactor } from "./cholesky.js";
import { distance, matern, type Hyperparameters, type PointSet } from "./matern-kernel.js";

/**
 * Of the covariance of scaled points with noise. More noise is added until it can be factored: points of which two nearly
 * coincide make it singular to working precision.
 */
export function covarianceFactor(points: PointSet, { logSignal, logNoise }: Hyperparameters): CholeskyFactor {
  const n = points.count;
  const signal = Math.exp(logSignal);
  for (let noise = Math.exp(logNoise); ; noise *= 10) {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) matrix[i * n + j] = signal * matern(distance(points, i, points, j));
      matrix[i * n + i] = signal + noise;
    }
    const factor = CholeskyFactor.of(matrix, n);
    if (factor !== undefined) return factor;
  }
}
