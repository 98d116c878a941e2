import type { Rng } from "@topogenie/core";
import { covarianceFactor } from "./covariance-factor.js";
import { distance, matern, pointSet, scaled, type Hyperparameters, type PointSet } from "./matern-kernel.js";

/** Random features of the prior: enough that their error is below the noise of choosing by one sample. */
const FEATURES = 128;

/**
 * Functions drawn from a Gaussian process given its training points, by Matheron's rule: a function of the prior, made of random
 * Fourier features (Rahimi and Recht 2007; for a Matérn-5/2 kernel their frequencies are Student-t with five degrees of
 * freedom), corrected by the kernel for what it gets wrong at the training points (Wilson et al., "Efficiently sampling
 * functions from Gaussian process posteriors", ICML 2020). Time grows with the number of points at which they are read, not
 * with its cube.
 *
 * @param targets one a training point
 * @param plain whether a sample is to be the mean instead of a draw
 * @returns by sample, the value at each of `at`
 */
export function posteriorSamples(
  training: readonly Float64Array[],
  targets: Float64Array,
  hyperparameters: Hyperparameters,
  at: readonly Float64Array[],
  plain: readonly boolean[],
  rng: Rng,
): Float64Array[] {
  const dimensions = hyperparameters.logScales.length;
  const points = scaled(pointSet(training, dimensions), hyperparameters);
  const reads = scaled(pointSet(at, dimensions), hyperparameters);
  const factor = covarianceFactor(points, hyperparameters);
  const signal = Math.exp(hyperparameters.logSignal);
  const noise = Math.exp(hyperparameters.logNoise / 2);
  const frequencies = drawFrequencies(dimensions, rng);
  const phases = Float64Array.from({ length: FEATURES }, () => 2 * Math.PI * rng.uniform());
  const amplitude = Math.sqrt((2 * signal) / FEATURES);
  const ofTraining = features(points, frequencies, phases, amplitude);
  const ofReads = features(reads, frequencies, phases, amplitude);
  const kernel = new Float64Array(at.length * training.length);
  for (let i = 0; i < at.length; i++) {
    for (let j = 0; j < training.length; j++) {
      kernel[i * training.length + j] = signal * matern(distance(reads, i, points, j));
    }
  }
  return plain.map((isMean) => {
    const chance = isMean ? 0 : 1;
    const weights = Float64Array.from({ length: FEATURES }, () => chance * rng.normal());
    const wrong = product(ofTraining, weights).map((prior, i) => (targets[i] as number) - prior - chance * noise * rng.normal());
    const correction = product(kernel, factor.solveUpper(factor.solveLower(wrong)));
    return product(ofReads, weights).map((prior, i) => prior + (correction[i] as number));
  });
}

function drawFrequencies(dimensions: number, rng: Rng): Float64Array {
  const frequencies = new Float64Array(FEATURES * dimensions);
  for (let feature = 0; feature < FEATURES; feature++) {
    let chiSquared = 0;
    for (let degree = 0; degree < 5; degree++) chiSquared += rng.normal() ** 2;
    const spread = Math.sqrt(5 / chiSquared);
    for (let d = 0; d < dimensions; d++) frequencies[feature * dimensions + d] = rng.normal() * spread;
  }
  return frequencies;
}

/** One row a point. */
function features({ values, count, dimensions }: PointSet, frequencies: Float64Array, phases: Float64Array, amplitude: number) {
  const rows = new Float64Array(count * FEATURES);
  for (let i = 0; i < count; i++) {
    for (let feature = 0; feature < FEATURES; feature++) {
      let angle = phases[feature] as number;
      for (let d = 0; d < dimensions; d++) {
        angle += (frequencies[feature * dimensions + d] as number) * (values[i * dimensions + d] as number);
      }
      rows[i * FEATURES + feature] = amplitude * Math.cos(angle);
    }
  }
  return rows;
}

/** A matrix, row by row, times a vector. */
function product(rows: Float64Array, vector: Float64Array): Float64Array {
  const width = vector.length;
  const result = new Float64Array(rows.length / width);
  for (let i = 0; i < result.length; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (rows[i * width + k] as number) * (vector[k] as number);
    result[i] = sum;
  }
  return result;
}
