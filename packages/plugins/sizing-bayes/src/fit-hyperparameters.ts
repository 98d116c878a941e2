import { covarianceFactor } from "./covariance-factor.js";
import { maternWithSlope, pointSet, scaled, type Hyperparameters } from "./matern-kernel.js";

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
 * Maximises the marginal likelihood (Rasmussen and Williams 2006, equations 5.8 and 5.9) by Adam (Kingma and Ba 2015) on the
 * logarithms, from where the last fit ended.
 */
export function fitHyperparameters(
  points: readonly Float64Array[],
  targets: Float64Array,
  from: Hyperparameters,
  steps: number,
): Hyperparameters {
  const dimensions = from.logScales.length;
  const raw = pointSet(points, dimensions);
  const at = Float64Array.of(...from.logScales, from.logSignal, from.logNoise);
  const first = new Float64Array(at.length);
  const second = new Float64Array(at.length);
  for (let step = 1; step <= steps; step++) {
    const gradient = likelihoodGradient(raw.values, points.length, targets, unpacked(at));
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

/** Of the log marginal likelihood and the prior, by length scales, signal and noise (all logarithms). */
export function likelihoodGradient(
  values: Float64Array,
  count: number,
  targets: Float64Array,
  hyperparameters: Hyperparameters,
): Float64Array {
  const { logScales, logSignal, logNoise } = hyperparameters;
  const dimensions = logScales.length;
  const points = scaled({ values, count, dimensions }, hyperparameters);
  const factor = covarianceFactor(points, hyperparameters);
  const weights = factor.solveUpper(factor.solveLower(targets.slice()));
  const inverse = factor.inverse();
  const signal = Math.exp(logSignal);
  const gradient = new Float64Array(dimensions + 2);
  const squares = new Float64Array(dimensions);
  let byNoise = 0;
  let bySignal = 0;
  for (let i = 0; i < count; i++) {
    const own = (weights[i] as number) ** 2 - (inverse[i * count + i] as number);
    byNoise += own;
    bySignal += own;
    for (let j = 0; j < i; j++) {
      // Twice, for the pair stands on both sides of the diagonal; equation 5.9 halves it again.
      const pull = (weights[i] as number) * (weights[j] as number) - (inverse[i * count + j] as number);
      const [one, other] = [i * dimensions, j * dimensions];
      let squared = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = (points.values[one + d] as number) - (points.values[other + d] as number);
        squares[d] = difference * difference;
        squared += squares[d] as number;
      }
      const { kernel, scaleSlope } = maternWithSlope(Math.sqrt(squared));
      bySignal += 2 * pull * kernel;
      const slope = pull * signal * scaleSlope;
      for (let d = 0; d < dimensions; d++) gradient[d] = (gradient[d] as number) + slope * (squares[d] as number);
    }
  }
  for (let d = 0; d < dimensions; d++) {
    gradient[d] = (gradient[d] as number) - ((logScales[d] as number) - SCALE_PRIOR.mean) / SCALE_PRIOR.variance;
  }
  gradient[dimensions] = 0.5 * signal * bySignal;
  gradient[dimensions + 1] = 0.5 * Math.exp(logNoise) * byNoise;
  return gradient;
}
