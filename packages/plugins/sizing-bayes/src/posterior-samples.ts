import type { Rng } from "@topogenie/core";
import { dense } from "./dense.js";
import {
  coordinates,
  covarianceFactor,
  crossKernel,
  pairKernels,
  solve,
  type Hyperparameters,
  type PointSet,
} from "./matern-kernel.js";
import { endMatrices, newMatrix, numbersOf, product, productOfTransposed, rowOf, type Matrix } from "./matrix.js";
import { drawNormals } from "./quick-normals.js";

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
 * How a draw departs from the mean does not depend on what was observed, so that the same few departures, and their mirror images,
 * serve all targets; those of one sample have each another one.
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
  endMatrices();
  const inverseScales = hyperparameters.logScales.map((value) => Math.exp(-value));
  const points = coordinates(training, inverseScales);
  const reads = coordinates(at, inverseScales);
  const factor = covarianceFactor(pairKernels(points, new Float64Array(at.dimensions).fill(1)).kernels, hyperparameters);
  const signal = Math.exp(hyperparameters.logSignal);
  const drawn = plain.filter((isMean) => !isMean).length;
  // With their mirror images enough for every target of a sample to have another one.
  const draws = drawn === 0 ? 0 : Math.max(drawn, Math.ceil(targets.length / 2));
  const weights = newMatrix(draws, FEATURES);
  drawNormals(numbersOf(weights), rng);
  const frequencies = drawFrequencies(at.dimensions, rng);
  const amplitude = Math.sqrt(signal / FREQUENCIES);
  const priorAtPoints = product(weights, features(frequencies, points, amplitude));
  const prior = product(weights, features(frequencies, reads, amplitude));
  // A column a departure, which the prior gets wrong where all that is known is zero, then one a target.
  const wrong = newMatrix(training.count, draws + targets.length);
  const [ofWrong, ofPrior] = [numbersOf(wrong), numbersOf(priorAtPoints)];
  const noise = Math.exp(hyperparameters.logNoise / 2);
  const errors = drawNormals(new Float64Array(draws * training.count), rng);
  for (let i = 0; i < training.count; i++) {
    const row = ofWrong.subarray(i * wrong.width, (i + 1) * wrong.width);
    for (let draw = 0; draw < draws; draw++) {
      row[draw] = -(ofPrior[draw * priorAtPoints.width + i] as number) - noise * (errors[draw * training.count + i] as number);
    }
    for (const [number, target] of targets.entries()) row[draws + number] = target[i] as number;
  }
  const corrections = productOfTransposed(solve(factor, wrong), crossKernel(points, reads, signal));
  const departures = Array.from({ length: draws }, (_, draw) => {
    const correction = rowOf(corrections, draw);
    return rowOf(prior, draw).map((value, i) => value + (correction[i] as number));
  });
  return targets.map((_, target) => {
    const mean = rowOf(corrections, draws + target);
    const sign = Math.floor(target / draws) % 2 === 0 ? 1 : -1;
    let next = target;
    return plain.map((isMean) => {
      if (isMean) return mean;
      const departure = departures[next++ % draws] as Float64Array;
      const sample = new Float64Array(mean.length);
      for (let i = 0; i < sample.length; i++) sample[i] = (mean[i] as number) + sign * (departure[i] as number);
      return sample;
    });
  });
}

/** In turns, not in radians. */
function drawFrequencies(dimensions: number, rng: Rng): Matrix {
  const normals = drawNormals(new Float64Array(FREQUENCIES * (dimensions + 5)), rng);
  const frequencies = newMatrix(FREQUENCIES, dimensions);
  const numbers = numbersOf(frequencies);
  for (let feature = 0, k = 0; feature < FREQUENCIES; feature++) {
    let chiSquared = 0;
    for (let degree = 0; degree < 5; degree++) chiSquared += (normals[k++] as number) ** 2;
    const spread = Math.sqrt(5 / chiSquared) / (2 * Math.PI);
    for (let d = 0; d < dimensions; d++) numbers[feature * frequencies.width + d] = (normals[k++] as number) * spread;
  }
  return frequencies;
}

/** The cosine and the sine of each frequency, a row each and a column a point. */
function features(frequencies: Matrix, points: Matrix, amplitude: number): Matrix {
  const turns = product(frequencies, points);
  const result = newMatrix(FEATURES, points.columns);
  dense.features(turns.at, turns.rows, turns.width, amplitude, result.at);
  return result;
}
