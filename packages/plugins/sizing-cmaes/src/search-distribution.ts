import type { Rng } from "@topogenie/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { z } from "zod";
import type { StrategyParameters } from "./strategy-parameters.js";

export const distributionJson = z.object({
  mean: z.array(z.number()),
  sigma: z.number(),
  covariance: z.array(z.array(z.number())),
  stepPath: z.array(z.number()),
  meanPath: z.array(z.number()),
  updates: z.int(),
});
export type DistributionJson = z.output<typeof distributionJson>;

/** The normal distribution that CMA-ES draws from and moves (arXiv:1604.00772; equation numbers below are its own). */
export class SearchDistribution {
  readonly #parameters: StrategyParameters;
  /** Smallest standard deviation of each coordinate: a coordinate with levels must be able to leave one. */
  readonly #floors: Float64Array;
  #mean: Float64Array;
  #sigma: number;
  #covariance: Matrix;
  #stepPath: Float64Array;
  #meanPath: Float64Array;
  #updates: number;
  #axes = new Matrix(0, 0);
  #lengths = new Float64Array(0);

  constructor(parameters: StrategyParameters, floors: Float64Array, saved: DistributionJson) {
    this.#parameters = parameters;
    this.#floors = floors;
    this.#mean = Float64Array.from(saved.mean);
    this.#sigma = saved.sigma;
    this.#covariance = new Matrix(saved.covariance);
    this.#stepPath = Float64Array.from(saved.stepPath);
    this.#meanPath = Float64Array.from(saved.meanPath);
    this.#updates = saved.updates;
    this.#decompose();
  }

  static around(mean: Float64Array, sigma: number, parameters: StrategyParameters, floors: Float64Array): SearchDistribution {
    const zeros = Array.from(mean, () => 0);
    return new SearchDistribution(parameters, floors, {
      mean: [...mean],
      sigma,
      covariance: Matrix.identity(mean.length).to2DArray(),
      stepPath: zeros,
      meanPath: zeros,
      updates: 0,
    });
  }

  toJson(): DistributionJson {
    return {
      mean: [...this.#mean],
      sigma: this.#sigma,
      covariance: this.#covariance.to2DArray(),
      stepPath: [...this.#stepPath],
      meanPath: [...this.#meanPath],
      updates: this.#updates,
    };
  }

  get updates(): number {
    return this.#updates;
  }

  /** Largest standard deviation of a coordinate that may become as small as it likes; 0 when there is none. */
  get largestDeviation(): number {
    let largest = 0;
    this.#floors.forEach((floor, i) => {
      if (floor === 0) largest = Math.max(largest, this.#sigma * Math.sqrt(this.#covariance.get(i, i)));
    });
    return largest;
  }

  /** Ratio of the largest to the smallest eigenvalue of the covariance. */
  get condition(): number {
    return (Math.max(...this.#lengths) / Math.min(...this.#lengths)) ** 2;
  }

  sample(rng: Rng): Float64Array {
    const step = this.#lengths.map((length) => length * rng.normal());
    return this.#mean.map((at, i) => at + this.#sigma * dot(this.#axes, i, step));
  }

  /** @param points as drawn by {@link sample}, best first */
  update(points: readonly Float64Array[]): void {
    const p = this.#parameters;
    const n = this.#mean.length;
    const steps = points.map((point) => point.map((coordinate, i) => (coordinate - (this.#mean[i] ?? 0)) / this.#sigma));
    const mean = new Float64Array(n);
    for (let k = 0; k < p.parents; k++) {
      const [weight = 0, step] = [p.weights[k], steps[k]];
      for (let i = 0; i < n; i++) mean[i] = (mean[i] ?? 0) + weight * (step?.[i] ?? 0);
    }
    this.#mean = this.#mean.map((at, i) => at + this.#sigma * (mean[i] ?? 0));
    // Equations 43 and 44: the path of the mean in coordinates in which the distribution is a sphere.
    const drift = Math.sqrt(p.stepPathRate * (2 - p.stepPathRate) * p.effectiveParents);
    const white = this.#whitened(mean);
    this.#stepPath = this.#stepPath.map((at, i) => (1 - p.stepPathRate) * at + drift * (white[i] ?? 0));
    const length = Math.sqrt(squaredLength(this.#stepPath));
    this.#updates++;
    const expected = p.normalLength * Math.sqrt(1 - (1 - p.stepPathRate) ** (2 * this.#updates));
    const stalled = length >= (1.4 + 2 / (n + 1)) * expected;
    // Equation 45.
    const push = stalled ? 0 : Math.sqrt(p.meanPathRate * (2 - p.meanPathRate) * p.effectiveParents);
    this.#meanPath = this.#meanPath.map((at, i) => (1 - p.meanPathRate) * at + push * (mean[i] ?? 0));
    this.#adaptCovariance(steps, stalled);
    this.#sigma *= Math.exp(Math.min(1, (p.stepPathRate / p.stepDamping) * (length / p.normalLength - 1)));
    this.#decompose();
    // Beyond this the mirrored samples are uniform already, and a wider distribution would only take time to come back.
    this.#sigma = Math.min(this.#sigma, 1 / Math.max(...this.#lengths));
  }

  /** Equations 46 and 47. */
  #adaptCovariance(steps: readonly Float64Array[], stalled: boolean): void {
    const p = this.#parameters;
    const n = this.#mean.length;
    const weights = p.weights.map((weight, k) => {
      const step = steps[k];
      if (weight >= 0 || step === undefined) return weight;
      return (weight * n) / Math.max(squaredLength(this.#whitened(step)), 1e-12);
    });
    const lost = stalled ? p.rankOneRate * p.meanPathRate * (2 - p.meanPathRate) : 0;
    const kept = 1 + lost - p.rankOneRate - p.rankMuRate * p.weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rankMu = 0;
        for (let k = 0; k < steps.length; k++) rankMu += (weights[k] ?? 0) * (steps[k]?.[i] ?? 0) * (steps[k]?.[j] ?? 0);
        const rankOne = (this.#meanPath[i] ?? 0) * (this.#meanPath[j] ?? 0);
        const value = kept * this.#covariance.get(i, j) + p.rankOneRate * rankOne + p.rankMuRate * rankMu;
        this.#covariance.set(i, j, value);
        this.#covariance.set(j, i, value);
      }
      const least = ((this.#floors[i] ?? 0) / this.#sigma) ** 2;
      if (this.#covariance.get(i, i) < least) this.#covariance.set(i, i, least);
    }
  }

  /** C^(-1/2) v. */
  #whitened(vector: Float64Array): Float64Array {
    const n = vector.length;
    const scaled = this.#lengths.map((length, k) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += this.#axes.get(i, k) * (vector[i] ?? 0);
      return sum / length;
    });
    return vector.map((_, i) => dot(this.#axes, i, scaled));
  }

  #decompose(): void {
    const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(this.#covariance, { assumeSymmetric: true });
    this.#axes = eigenvectorMatrix;
    const largest = Math.max(...realEigenvalues);
    // Rounding may leave an eigenvalue at or below zero when the condition nears the precision of float64.
    this.#lengths = Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(value, 1e-16 * largest)));
  }
}

function dot(matrix: Matrix, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += matrix.get(row, k) * (vector[k] ?? 0);
  return sum;
}

function squaredLength(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}
