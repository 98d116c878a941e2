import type { Rng } from "@topogenie/core";
import { covarianceFactor, distancesWithin } from "./covariance-factor.js";
import { crossKernel, scaled, type Hyperparameters, type PointSet } from "./matern-kernel.js";
import { drawNormals, sineOfTurns } from "./quick-normals.js";

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
  const { dimensions } = at;
  const points = scaled(training, hyperparameters);
  const reads = scaled(at, hyperparameters);
  const factor = covarianceFactor(distancesWithin(points), points.count, hyperparameters);
  const signal = Math.exp(hyperparameters.logSignal);
  const noise = Math.exp(hyperparameters.logNoise / 2);
  const frequencies = drawFrequencies(dimensions, rng);
  const amplitude = Math.sqrt(signal / FREQUENCIES);
  // A row a read, and a column a sample: the prior's features and weights, then the kernel and what corrects it.
  const width = FEATURES + points.count;
  const rows = new Float64Array(reads.count * width);
  writeFeatures(reads, frequencies, amplitude, rows, width);
  crossKernel(reads, points, signal, rows, width, FEATURES);
  const ofTraining = new Float64Array(points.count * FEATURES);
  writeFeatures(points, frequencies, amplitude, ofTraining, FEATURES);
  return targets.map((target) => {
    const anyPlain = plain.includes(true);
    const draws = plain.filter((isMean) => !isMean).length;
    const columns = Array.from({ length: draws + Number(anyPlain) }, () => new Float64Array(width));
    // The mean, where it is wanted, is the last column: its prior is nothing.
    for (const column of columns.slice(0, draws)) drawNormals(column.subarray(0, FEATURES), rng);
    const priors = products(ofTraining, FEATURES, columns);
    const errors = new Float64Array(points.count);
    columns.forEach((column, sample) => {
      const prior = priors[sample] ?? errors;
      if (sample < draws) drawNormals(errors, rng);
      else errors.fill(0);
      const wrong = column.subarray(FEATURES);
      for (let i = 0; i < wrong.length; i++) {
        wrong[i] = (target[i] as number) - (prior[i] as number) - noise * (errors[i] as number);
      }
      factor.solveUpper(factor.solveLower(wrong));
    });
    const values = products(rows, width, columns);
    const mean = values[draws];
    let next = 0;
    return plain.map((isMean) => (isMean ? mean : values[next++]) ?? new Float64Array(reads.count));
  });
}

/** In turns, not in radians. */
function drawFrequencies(dimensions: number, rng: Rng): Float64Array {
  const normals = drawNormals(new Float64Array(FREQUENCIES * (dimensions + 5)), rng);
  const frequencies = new Float64Array(FREQUENCIES * dimensions);
  for (let feature = 0, k = 0; feature < FREQUENCIES; feature++) {
    let chiSquared = 0;
    for (let degree = 0; degree < 5; degree++) chiSquared += (normals[k++] as number) ** 2;
    const spread = Math.sqrt(5 / chiSquared) / (2 * Math.PI);
    for (let d = 0; d < dimensions; d++) frequencies[feature * dimensions + d] = (normals[k++] as number) * spread;
  }
  return frequencies;
}

/** The cosine and the sine of each frequency, at the head of each point's row. */
function writeFeatures(
  { values, count, dimensions }: PointSet,
  frequencies: Float64Array,
  amplitude: number,
  rows: Float64Array,
  width: number,
): void {
  for (let i = 0; i < count; i++) {
    const from = i * dimensions;
    for (let frequency = 0, f = 0, at = i * width; frequency < FREQUENCIES; frequency++, at += 2) {
      let turns = 0;
      for (let d = 0; d < dimensions; d++, f++) turns += (frequencies[f] as number) * (values[from + d] as number);
      rows[at] = amplitude * sineOfTurns(turns + 0.25);
      rows[at + 1] = amplitude * sineOfTurns(turns);
    }
  }
}

/** A matrix, row by row, times each column; four columns at once, so that a row is read once for them. */
function products(rows: Float64Array, width: number, columns: readonly Float64Array[]): Float64Array[] {
  const count = rows.length / width;
  const results = columns.map(() => new Float64Array(count));
  for (let column = 0; column < columns.length; column += 4) {
    const last = columns.length - 1;
    // Beyond the last column it is done again, which is cheaper than a loop of its own.
    const [a, b, c, d] = [0, 1, 2, 3].map((step) => columns[Math.min(last, column + step)]) as FourArrays;
    const [p, q, r, s] = [0, 1, 2, 3].map((step) => results[Math.min(last, column + step)]) as FourArrays;
    for (let i = 0, base = 0; i < count; i++, base += width) {
      let one = 0;
      let two = 0;
      let three = 0;
      let four = 0;
      for (let k = 0; k < width; k++) {
        const value = rows[base + k] as number;
        one += value * (a[k] as number);
        two += value * (b[k] as number);
        three += value * (c[k] as number);
        four += value * (d[k] as number);
      }
      p[i] = one;
      q[i] = two;
      r[i] = three;
      s[i] = four;
    }
  }
  return results;
}

type FourArrays = [Float64Array, Float64Array, Float64Array, Float64Array];
