import { dense } from "./dense.js";
import { coordinates, covarianceFactor, pairKernels, solve, type Hyperparameters, type PointSet } from "./matern-kernel.js";
import { endMatrices, newMatrix, numbersOf, transposed, type Matrix } from "./matrix.js";

/** A weak pull towards length scales of half a range, so that a dimension without evidence does not drift. */
const SCALE_PRIOR = { mean: Math.log(0.5), variance: 1 } as const;

/** Of Gaussian processes that share one kernel, given their values at the same points, and of a prior of that kernel. */
export class Likelihood {
  readonly #points: PointSet;
  readonly #targets: readonly Float64Array[];

  /** @param targets several functions, each with a number a point */
  constructor(points: PointSet, targets: readonly Float64Array[]) {
    this.#points = points;
    this.#targets = targets;
  }

  /** Of the sum of the targets' log marginal likelihoods and the prior, by length scales, signal and noise (all logarithms). */
  gradient(hyperparameters: Hyperparameters): Float64Array {
    const { logScales, logSignal, logNoise } = hyperparameters;
    const { count, dimensions } = this.#points;
    endMatrices();
    const inverseSquares = logScales.map((value) => Math.exp(-2 * value));
    const points = coordinates(this.#points, new Float64Array(dimensions).fill(1));
    const rows = transposed(points);
    const { kernels, slopes } = pairKernels(points, inverseSquares);
    const factor = covarianceFactor(kernels, hyperparameters);
    const solved = this.#solved(factor);
    const inverse = newMatrix(count, count);
    const lower = newMatrix(count, count);
    dense.invert(factor.at, count, factor.width, lower.at, inverse.at);
    const signal = Math.exp(logSignal);
    const result = newMatrix(1, rows.width + 2);
    dense.likelihoodSlopes(
      inverse.at,
      count,
      inverse.width,
      solved.at,
      transposed(solved).at,
      this.#targets.length,
      kernels.at,
      slopes.at,
      signal,
      rows.at,
      rows.width,
      result.at,
    );
    const found = numbersOf(result);
    const gradient = new Float64Array(dimensions + 2);
    for (let d = 0; d < dimensions; d++) {
      const pull = ((logScales[d] as number) - SCALE_PRIOR.mean) / SCALE_PRIOR.variance;
      gradient[d] = (found[d] as number) * (inverseSquares[d] as number) - pull;
    }
    gradient[dimensions] = 0.5 * signal * (found[rows.width] as number);
    gradient[dimensions + 1] = 0.5 * Math.exp(logNoise) * (found[rows.width + 1] as number);
    return gradient;
  }

  /** The inverse of the covariance times the targets, a column each. */
  #solved(factor: Matrix): Matrix {
    const right = newMatrix(factor.rows, this.#targets.length);
    const numbers = numbersOf(right);
    this.#targets.forEach((target, column) => {
      target.forEach((value, i) => (numbers[i * right.width + column] = value));
    });
    return solve(factor, right);
  }
}
