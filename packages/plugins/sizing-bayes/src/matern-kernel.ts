import { dense } from "./dense.js";
import { newMatrix, numbersOf, productOfTransposed, type Matrix } from "./matrix.js";

/** Length scales a dimension, signal variance and noise variance, all as natural logarithms. */
export interface Hyperparameters {
  readonly logScales: Float64Array;
  readonly logSignal: number;
  readonly logNoise: number;
}

/** Points in unit cubes, laid out one after the other: `count × dimensions` numbers. */
export interface PointSet {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

export function pointSet(points: readonly Float64Array[], dimensions: number): PointSet {
  const values = new Float64Array(points.length * dimensions);
  points.forEach((point, index) => values.set(point, index * dimensions));
  return { values, count: points.length, dimensions };
}

/** A row a dimension and a column a point, each coordinate times its dimension's factor. */
export function coordinates({ values, count, dimensions }: PointSet, factors: Float64Array): Matrix {
  const matrix = newMatrix(dimensions, count);
  const numbers = numbersOf(matrix);
  for (let i = 0, k = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++, k++) numbers[d * matrix.width + i] = (values[k] as number) * (factors[d] as number);
  }
  return matrix;
}

/** Of every two points, by a distance in which each dimension's squared difference has a weight. */
export interface PairKernels {
  /** Matérn kernel with smoothness 5/2 and unit variance (Rasmussen and Williams 2006, equation 4.17): an upper triangle. */
  readonly kernels: Matrix;
  /** Its derivative by the logarithm of one length scale, over the weighted squared difference in that dimension, likewise. */
  readonly slopes: Matrix;
}

/** @param points of {@link coordinates} */
export function pairKernels(points: Matrix, weights: Float64Array): PairKernels {
  const { columns: count, rows: dimensions, width } = points;
  const weighting = newMatrix(1, dimensions);
  const kernels = newMatrix(count, count);
  const slopes = newMatrix(count, count);
  numbersOf(weighting).set(weights);
  dense.pairDistances(points.at, weighting.at, dimensions, count, width, kernels.at);
  dense.pairKernels(kernels.at, count, width, slopes.at);
  return { kernels, slopes };
}

/**
 * Cholesky factor of the covariance, with noise, of points with these kernels of {@link PairKernels}. More noise is added until it
 * can be factored: points of which two nearly coincide make it singular to working precision.
 */
export function covarianceFactor(kernels: Matrix, { logSignal, logNoise }: Hyperparameters): Matrix {
  const { rows: count, width } = kernels;
  const factor = newMatrix(count, count);
  for (let noise = Math.exp(logNoise); ; noise *= 10) {
    dense.covariance(kernels.at, count, width, Math.exp(logSignal), noise, factor.at);
    if (dense.factorize(factor.at, count, width) !== 0) return factor;
  }
}

/** X of K X = B in place of B, a row of numbers a point. */
export function solve(factor: Matrix, right: Matrix): Matrix {
  dense.solve(factor.at, factor.rows, factor.width, right.at, right.width);
  return right;
}

/** Signal variance times the kernel, within 4e-6 of it: a row a point and a column a read, both of scaled {@link coordinates}. */
export function crossKernel(points: Matrix, reads: Matrix, signal: number): Matrix {
  const kernel = productOfTransposed(points, reads);
  const norms = newMatrix(1, reads.columns);
  dense.crossKernel(kernel.at, points.at, points.width, points.columns, reads.at, reads.width, reads.rows, norms.at, signal);
  return kernel;
}
