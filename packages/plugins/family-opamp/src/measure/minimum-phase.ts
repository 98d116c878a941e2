/** Factors of the odd powers in the series of the weight's integral: 30 leave an error below 1 %. */
const FACTORS = Float64Array.from({ length: 30 }, (_, term) => 2 / (2 * term + 1) ** 2);

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
  let from = 0;
  let weight = 0;
  for (let point = 0; point < hertz.length; point++) {
    const to = Math.log(hertz[point] ?? 0) - centre;
    const upTo = weightUpTo(to);
    const slope = point === 0 ? 0 : Math.log((magnitude[point] ?? 0) / (magnitude[point - 1] ?? 0)) / (to - from);
    radians += (slope * (upTo - weight)) / Math.PI;
    [from, weight] = [to, upTo];
  }
  return (radians * 180) / Math.PI;
}

/** Integral of `ln coth |u| / 2` from 0 to `logRatio`. */
function weightUpTo(logRatio: number): number {
  let power = Math.exp(-Math.abs(logRatio));
  const step = power * power;
  let sum = 0;
  for (const factor of FACTORS) {
    sum += factor * (1 - power);
    power *= step;
  }
  return Math.sign(logRatio) * sum;
}
