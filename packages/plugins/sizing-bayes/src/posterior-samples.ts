import type { Rng } from "@topogenie/core";
import { covarianceFactor } from "./covariance-factor.js";
import { matern, pointSet, scaled, type Hyperparameters, type PointSet } from "./matern-kernel.js";

/** Random frequencies of the prior, a cosine and a sine each: enough that their error is below the noise of choosing by one sample. */
const FREQUENCIES = 48;
const FEATURES = 2 * FREQUENCIES;

/**
 * Functions drawn from a Gaussian process given its training points, by Matheron's rule: a function of the prior, made of random
 * Fourier features (Rahimi and Recht 2007; in pairs of cosine and sine, which err least: Sutherland and Schneider, UAI 2015; for
 * a Matérn-5/2 kernel their frequencies are Student-t with five degrees of freedom), corrected by the kernel for what it gets wrong at the training points (Wilson et al., "Efficiently sampling
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
  const amplitude = Math.sqrt(signal / FREQUENCIES);
  const ofTraining = features(points, frequencies, amplitude);
  const ofReads = features(reads, frequencies, amplitude);
  const kernel = crossKernel(reads, points);
  const drawn = (chance: 0 | 1): Float64Array => {
    const weights = Float64Array.from({ length: FEATURES }, () => chance * rng.normal());
    const wrong = product(ofTraining, weights).map((prior, i) => (targets[i] as number) - prior - chance * noise * rng.normal());
    const correction = product(kernel, factor.solveUpper(factor.solveLower(wrong)));
    const values = product(ofReads, weights);
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + signal * (correction[i] as number);
    return values;
  };
  const mean = plain.includes(true) ? drawn(0) : undefined;
  return plain.map((isMean) => (isMean && mean !== undefined ? mean : drawn(1)));
}

/** Of every read with every training point, one row a read, without the signal's variance. */
function crossKernel(reads: PointSet, points: PointSet): Float64Array {
  const { dimensions } = points;
  const kernel = new Float64Array(reads.count * points.count);
  for (let i = 0, k = 0; i < reads.count; i++) {
    for (let j = 0; j < points.count; j++, k++) {
      let squared = 0;
      for (let d = 0, a = i * dimensions, b = j * dimensions; d < dimensions; d++) {
        const difference = (reads.values[a + d] as number) - (points.values[b + d] as number);
        squared += difference * difference;
      }
      kernel[k] = matern(Math.sqrt(squared));
    }
  }
  return kernel;
}

function drawFrequencies(dimensions: number, rng: Rng): Float64Array {
  const frequencies = new Float64Array(FREQUENCIES * dimensions);
  for (let feature = 0; feature < FREQUENCIES; feature++) {
    let chiSquared = 0;
    for (let degree = 0; degree < 5; degree++) chiSquared += rng.normal() ** 2;
    const spread = Math.sqrt(5 / chiSquared);
    for (let d = 0; d < dimensions; d++) frequencies[feature * dimensions + d] = rng.normal() * spread;
  }
  return frequencies;
}

/** One row a point: the cosine and the sine of each frequency. */
function features({ values, count, dimensions }: PointSet, frequencies: Float64Array, amplitude: number) {
  const rows = new Float64Array(count * FEATURES);
  for (let i = 0; i < count; i++) {
    for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
      let angle = 0;
      for (let d = 0; d < dimensions; d++) {
        angle += (frequencies[frequency * dimensions + d] as number) * (values[i * dimensions + d] as number);
      }
      const at = i * FEATURES + 2 * frequency;
      rows[at] = amplitude * quickSine(angle + Math.PI / 2);
      rows[at + 1] = amplitude * quickSine(angle);
    }
  }
  return rows;
}

const SINES = 2048;
const sines = Float64Array.from({ length: SINES + 2 }, (_, index) => Math.sin((2 * Math.PI * index) / SINES));

/** Within 2e-6, between two values of a table: drawing functions by chance asks no more, and most of the time went into sines. */
function quickSine(angle: number): number {
  const turns = angle / (2 * Math.PI);
  const place = (turns - Math.floor(turns)) * SINES;
  const index = Math.floor(place);
  const low = sines[index] as number;
  return low + (place - index) * ((sines[index + 1] as number) - low);
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
