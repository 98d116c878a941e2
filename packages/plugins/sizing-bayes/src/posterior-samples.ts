import type { Rng } from "@topogenie/core";
import { covarianceFactor, distancesWithin } from "./covariance-factor.js";
import { crossKernel, scaled, type Hyperparameters, type PointSet } from "./matern-kernel.js";
import { drawNormals, sineOfTurns } from "./quick-normals.js";
import { timesTransposed } from "./times-transposed.js";

/** Random frequencies of the prior, a cosine and a sine each: enough that their error is below the noise of choosing by one sample. */
const FREQUENCIES = 32;
const FEATURES = 2 * FREQUENCIES;

/**
 * Functions drawn from a Gaussian process given its training points, by Matheron's rule: a function of the prior, made of random
 * Fourier features (Rahimi and Recht 2007; in pairs of cosine and sine, which err least: Sutherland and Schneider, UAI 2015; for
 * a Matérn-5/2 kernel their frequencies are Student-t with five degrees of freedom), corrected by the kernel for what it gets
 * wrong at the training points (Wilson et al., "Efficiently sampling functions from Gaussian process posteriors", ICML 2020).
 * Time grows with the number of points at which they are read, not with its cube.
 *
 * @param targets several functions of one kernel, each with a number a training point
 * @param plain whether a sample is to be the mean instead of a draw
 * @returns by target and sample, the value at each of `at`
 */
export function posteriorSamples(
  training: PointSet,
  targets: readonly Float64Array[],
  hyperparameters: Hyperparameters,
  at: PointSet,
  plain: readonly boolean[],
  rng: Rng,
): Float64Array[][] {
  const points = scaled(training, hyperparameters);
  const reads = scaled(at, hyperparameters);
  const factor = covarianceFactor(distancesWithin(points), points.count, hyperparameters);
  const signal = Math.exp(hyperparameters.logSignal);
  const noise = Math.exp(hyperparameters.logNoise / 2);
  const frequencies = drawFrequencies(at.dimensions, rng);
  const amplitude = Math.sqrt(signal / FREQUENCIES);
  const draws = plain.filter((isMean) => !isMean).length;
  // The mean, where it is wanted, is the last sample of its target: its prior is nothing.
  const each = draws + Number(plain.includes(true));
  const count = targets.length * each;
  const weights = { values: new Float64Array(count * FEATURES), count, dimensions: FEATURES };
  for (let sample = 0; sample < count; sample++) {
    if (sample % each < draws) drawNormals(rowOf(weights, sample), rng);
  }
  const corrections = timesTransposed(weights, features(points, frequencies, amplitude));
  const errors = new Float64Array(points.count);
  targets.forEach((target, number) => {
    for (let sample = 0; sample < each; sample++) {
      const wrong = rowOf(corrections, number * each + sample);
      if (sample < draws) drawNormals(errors, rng);
      else errors.fill(0);
      for (let i = 0; i < wrong.length; i++) {
        wrong[i] = (target[i] as number) - (wrong[i] as number) - noise * (errors[i] as number);
      }
      factor.solveUpper(factor.solveLower(wrong));
    }
  });
  const samples = timesTransposed(weights, features(reads, frequencies, amplitude));
  const corrected = timesTransposed(corrections, crossKernel(reads, points, signal)).values;
  for (let i = 0; i < corrected.length; i++) samples.values[i] = (samples.values[i] as number) + (corrected[i] as number);
  return targets.map((_, number) => {
    let next = 0;
    return plain.map((isMean) => rowOf(samples, number * each + (isMean ? draws : next++)));
  });
}

function rowOf({ values, dimensions }: PointSet, row: number): Float64Array {
  return values.subarray(row * dimensions, (row + 1) * dimensions);
}

/** In turns, not in radians. */
function drawFrequencies(dimensions: number, rng: Rng): PointSet {
  const normals = drawNormals(new Float64Array(FREQUENCIES * (dimensions + 5)), rng);
  const frequencies = new Float64Array(FREQUENCIES * dimensions);
  for (let feature = 0, k = 0; feature < FREQUENCIES; feature++) {
    let chiSquared = 0;
    for (let degree = 0; degree < 5; degree++) chiSquared += (normals[k++] as number) ** 2;
    const spread = Math.sqrt(5 / chiSquared) / (2 * Math.PI);
    for (let d = 0; d < dimensions; d++) frequencies[feature * dimensions + d] = (normals[k++] as number) * spread;
  }
  return { values: frequencies, count: FREQUENCIES, dimensions };
}

/** The cosine and the sine of each frequency, a row a point. */
function features(points: PointSet, frequencies: PointSet, amplitude: number): PointSet {
  const turns = timesTransposed(points, frequencies).values;
  const values = new Float64Array(2 * turns.length);
  for (let i = 0; i < turns.length; i++) {
    values[2 * i] = amplitude * sineOfTurns((turns[i] as number) + 0.25);
    values[2 * i + 1] = amplitude * sineOfTurns(turns[i] as number);
  }
  return { values, count: points.count, dimensions: FEATURES };
}
