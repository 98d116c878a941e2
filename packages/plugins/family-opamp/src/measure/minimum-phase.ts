/** Terms of the series of the weight's integral: 30 leave an error below 1 %. */
const TERMS = 30;

/**
 * Phase in degrees, at a position between two points, of the stable circuit that has this gain and lags least: what Bode's
 * relation makes of the gain's slope alone (Bode, Network Analysis and Feedback Amplifier Design, ch. 14). Zeros in the right
 * half plane and delays lag more; only poles there, of a circuit that oscillates or latches by itself, lag less.
 * The gain is taken as straight between the points in log frequency and decibels, and as level beyond them.
 * @param hertz ascending
 * @param magnitude as long, linear, above zero
 */
export function minimumPhase(hertz: Float64Array, magnitude: Float64Array, position: number): number {
  const index = Math.floor(position);
  const [low, high] = [Math.log(hertz[index] ?? Number.NaN), Math.log(hertz[index + 1] ?? hertz[index] ?? Number.NaN)];
  const centre = low + (position - index) * (high - low);
  let radians = 0;
  for (let point = 1; point < hertz.length; point++) {
    const from = Math.log(hertz[point - 1] ?? 0) - centre;
    const to = Math.log(hertz[point] ?? 0) - centre;
    const slope = Math.log((magnitude[point] ?? 0) / (magnitude[point - 1] ?? 0)) / (to - from);
    radians += (slope * (weightUpTo(to) - weightUpTo(from))) / Math.PI;
  }
  return (radians * 180) / Math.PI;
}

/** Integral of `ln coth |u| / 2` from 0 to `logRatio`. */
function weightUpTo(logRatio: number): number {
  const distance = Math.abs(logRatio);
  let sum = 0;
  for (let term = 0; term < TERMS; term++) {
    const odd = 2 * term + 1;
    sum += (2 * (1 - Math.exp(-odd * distance))) / (odd * odd);
  }
  return Math.sign(logRatio) * sum;
}
