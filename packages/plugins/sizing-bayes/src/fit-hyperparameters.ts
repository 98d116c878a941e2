import { covarianceFactor } from "./covariance-factor.js";
import { maternWithSlope, type Hyperparameters } from "./matern-kernel.js";

/** As in TuRBO: length scales, signal and noise variance stay where standardized targets in a unit cube can mean something. */
const BOUNDS = {
  scale: [Math.log(0.01), Math.log(3)],
  signal: [Math.log(0.05), Math.log(20)],
  noise: [Math.log(1e-6), Math.log(0.1)],
} as const;
const LEARNING_RATE = 0.15;
const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.99;
/** A weak pull towards length scales of half a range, so that a dimension without evidence does not drift. */
const SCALE_PRIOR = { mean: Math.log(0.5), variance: 1 } as const;

export function initialHyperparameters(dimensions: number): Hyperparameters {
  return { logScales: new Float64Array(dimensions).fill(Math.log(0.5)), logSignal: 0, logNoise: Math.log(1e-4) };
}

/**
 * Maximises the marginal likelihood of the targets together, which share one kernel (Rasmussen and Williams 2006, equations 5.8
 * and 5.9), by Adam (Kingma and Ba 2015) on the logarithms, from where the last fit ended.
 */
export function fitHyperparameters(
  points: readonly Float64Array[],
  targets: readonly Float64Array[],
  from: Hyperparameters,
  steps: number,
): Hyperparameters {
  const dimensions = from.logScales.length;
  const squares = pairSquares(points, dimensions);
  const at = Float64Array.of(...from.logScales, from.logSignal, from.logNoise);
  const first = new Float64Array(at.length);
  const second = new Float64Array(at.length);
  for (let step = 1; step <= steps; step++) {
    const gradient = likelihoodGradient(squares, targets, unpacked(at));
    for (let k = 0; k < at.length; k++) {
      const slope = gradient[k] as number;
      first[k] = FIRST_DECAY * (first[k] as number) + (1 - FIRST_DECAY) * slope;
      second[k] = SECOND_DECAY * (second[k] as number) + (1 - SECOND_DECAY) * slope * slope;
      const move =
        (first[k] as number) / (1 - FIRST_DECAY ** step) / (Math.sqrt((second[k] as number) / (1 - SECOND_DECAY ** step)) + 1e-8);
      const [least, most] = k < dimensions ? BOUNDS.scale : k === dimensions ? BOUNDS.signal : BOUNDS.noise;
      at[k] = Math.min(most, Math.max(least, (at[k] as number) + LEARNING_RATE * move));
    }
  }
  return unpacked(at);
}

function unpacked(at: Float64Array): Hyperparameters {
  const dimensions = at.length - 2;
  return { logScales: at.slice(0, dimensions), logSignal: at[dimensions] as number, logNoise: at[dimensions + 1] as number };
}

/** Squared differences of every two points, the later one's number leading: they stay the same through a fit. */
export function pairSquares(points: readonly Float64Array[], dimensions: number): Float64Array {
  const squares = new Float64Array(((points.length * (points.length - 1)) / 2) * dimensions);
  let k = 0;
  for (const [i, one] of points.entries()) {
    for (const other of points.slice(0, i)) {
      for (let d = 0; d < dimensions; d++) squares[k++] = ((one[d] as number) - (other[d] as number)) ** 2;
    }
  }
  return squares;
}

/**
 * Of the sum of the targets' log marginal likelihoods and the prior, by length scales, signal and noise (all logarithms).
 * @param squares of {@link pairSquares}
 */
export function likelihoodGradient(
  squares: Float64Array,
  targets: readonly Float64Array[],
  hyperparameters: Hyperparameters,
): Float64Array {
  const { logScales, logSignal, logNoise } = hyperparameters;
  const dimensions = logScales.length;
  const count = targets[0]?.length ?? 0;
  const inverseSquares = logScales.map((value) => Math.exp(-2 * value));
  const distances = pairDistances(squares, inverseSquares);
  const factor = covarianceFactor(distances, count, hyperparameters);
  const pulls = factor.inverse().map((value) => -targets.length * value);
  for (const target of targets) addOuterProduct(pulls, factor.solveUpper(factor.solveLower(target.slice())));
  const signal = Math.exp(logSignal);
  const gradient = new Float64Array(dimensions + 2);
  let byNoise = 0;
  let bySignal = 0;
  for (let i = 0, pair = 0, k = 0; i < count; i++) {
    const own = pulls[i * count + i] as number;
    byNoise += own;
    bySignal += own;
    for (let j = 0; j < i; j++, pair++) {
      // Twice, for the pair stands on both sides of the diagonal; equation 5.9 halves it again.
      const pull = pulls[i * count + j] as number;
      const { kernel, scaleSlope } = maternWithSlope(distances[pair] as number);
      bySignal += 2 * pull * kernel;
      const slope = pull * signal * scaleSlope;
      for (let d = 0; d < dimensions; d++, k++) gradient[d] = (gradient[d] as number) + slope * (squares[k] as number);
    }
  }
  for (let d = 0; d < dimensions; d++) {
    const pull = ((logScales[d] as number) - SCALE_PRIOR.mean) / SCALE_PRIOR.variance;
    gradient[d] = (gradient[d] as number) * (inverseSquares[d] as number) - pull;
  }
  gradient[dimensions] = 0.5 * signal * bySignal;
  gradient[dimensions + 1] = 0.5 * Math.exp(logNoise) * byNoise;
  return gradient;
}

/** Of the lower triangle alone. */
function addOuterProduct(matrix: Float64Array, vector: Float64Array): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++)
      matrix[i * n + j] = (matrix[i * n + j] as number) + (vector[i] as number) * (vector[j] as number);
  }
}

function pairDistances(squares: Float64Array, inverseSquares: Float64Array): Float64Array {
  const dimensions = inverseSquares.length;
  const distances = new Float64Array(squares.length / dimensions);
  for (let pair = 0, k = 0; pair < distances.length; pair++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++, k++) sum += (squares[k] as number) * (inverseSquares[d] as number);
    distances[pair] = Math.sqrt(sum);
  }
  return distances;
}
