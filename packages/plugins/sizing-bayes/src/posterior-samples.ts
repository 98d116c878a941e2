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
import { endMatrices, newMatrix, numbersOf, product, productOfTransposed, type Matrix } from "./matrix.js";
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
  const frequencies = drawFrequencies(at.dimensions, rng);
  const amplitude = Math.sqrt(signal / FREQUENCIES);
  const draws = plain.filter((isMean) => !isMean).length;
  // The mean, where it is wanted, is the last sample of its target: its prior is nothing.
  const each = draws + Number(plain.includes(true));
  const weights = newMatrix(targets.length * each, FEATURES);
  const ofWeights = numbersOf(weights);
  for (let sample = 0; sample < weights.rows; sample++) {
    const own = ofWeights.subarray(sample * weights.width, (sample + 1) * weights.width);
    if (sample % each < draws) drawNormals(own, rng);
    else own.fill(0);
  }
  const priorAtPoints = product(weights, features(frequencies, points, amplitude));
  const wrong = newMatrix(training.count, weights.rows);
  const [ofWrong, ofPrior] = [numbersOf(wrong), numbersOf(priorAtPoints)];
  const noise = Math.exp(hyperparameters.logNoise / 2);
  const errors = new Float64Array(training.count);
  for (let sample = 0; sample < weights.rows; sample++) {
    const target = targets[Math.floor(sample / each)] as Float64Array;
    if (sample % each < draws) drawNormals(errors, rng);
    else errors.fill(0);
    for (let i = 0; i < errors.length; i++) {
      ofWrong[i * wrong.width + sample] =
        (target[i] as number) - (ofPrior[sample * priorAtPoints.width + i] as number) - noise * (errors[i] as number);
    }
  }
  const prior = product(weights, features(frequencies, reads, amplitude));
  const corrections = productOfTransposed(solve(factor, wrong), crossKernel(points, reads, signal));
  const samples = Array.from({ length: weights.rows }, (_, sample) => sumOfRows(prior, corrections, sample));
  return targets.map((_, number) => {
    let next = 0;
    return plain.map((isMean) => samples[number * each + (isMean ? draws : next++)] as Float64Array);
  });
}

function sumOfRows(one: Matrix, other: Matrix, row: number): Float64Array {
  const from = row * one.width;
  const addends = numbersOf(other).subarray(from, from + one.columns);
  return numbersOf(one)
    .subarray(from, from + one.columns)
    .map((value, i) => value + (addends[i] as number));
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
