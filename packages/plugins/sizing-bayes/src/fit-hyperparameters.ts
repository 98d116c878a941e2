import { Likelihood } from "./likelihood.js";
import type { Hyperparameters, PointSet } from "./matern-kernel.js";

/** As in TuRBO: length scales, signal and noise variance stay where standardized targets in a unit cube can mean something. */
const BOUNDS = {
  scale: [Math.log(0.01), Math.log(3)],
  signal: [Math.log(0.05), Math.log(20)],
  noise: [Math.log(1e-6), Math.log(0.1)],
} as const;
const LEARNING_RATE = 0.15;
const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.99;

export function initialHyperparameters(dimensions: number): Hyperparameters {
  return { logScales: new Float64Array(dimensions).fill(Math.log(0.5)), logSignal: 0, logNoise: Math.log(1e-4) };
}

/**
 * Maximises the marginal likelihood of the targets together, which share one kernel (Rasmussen and Williams 2006, equations 5.8
 * and 5.9), by Adam (Kingma and Ba 2015) on the logarithms, from where the last fit ended.
 */
export function fitHyperparameters(
  points: PointSet,
  targets: readonly Float64Array[],
  from: Hyperparameters,
  steps: number,
): Hyperparameters {
  const dimensions = from.logScales.length;
  const likelihood = new Likelihood(points, targets);
  const at = Float64Array.of(...from.logScales, from.logSignal, from.logNoise);
  const first = new Float64Array(at.length);
  const second = new Float64Array(at.length);
  for (let step = 1; step <= steps; step++) {
    const gradient = likelihood.gradient(unpacked(at));
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
