import { BYTES, LANES, combine } from "./lanes";

/**
 * Slopes of twice the sum of the targets' log marginal likelihoods (Rasmussen and Williams 2006, equations 5.8 and 5.9): by the
 * logarithm of each length scale, over its inverse square; then, behind the last lane of these, by what multiplies the kernel and by
 * what is added to its diagonal. Those by length scales are halved, for every pair of points is looked at once.
 * @param inverse of the covariance: its lower triangle, count × width; overwritten
 * @param solved the inverse times the targets, a row of lanes a point
 * @param weights the same, a row of `width` numbers a target
 * @param kernels of every two points, like `slopes` an upper triangle of count × width
 * @param points a row of `dimensions` numbers a point, a multiple of the lanes
 */
export function likelihoodSlopes(
  inverse: usize,
  count: i32,
  width: i32,
  solved: usize,
  weights: usize,
  targets: i32,
  kernels: usize,
  slopes: usize,
  signal: f64,
  points: usize,
  dimensions: i32,
  result: usize,
): void {
  const step = width * BYTES;
  pulls(inverse, count, step, solved, weights, targets);
  let bySignal: f64 = 0;
  let byNoise: f64 = 0;
  for (let i = 0; i < count; i++) {
    const row = inverse + i * step;
    const own = load<f64>(row + i * BYTES);
    byNoise += own;
    bySignal += own;
    for (let j = 0; j < i; j++) {
      const pair = j * step + i * BYTES;
      const pull = load<f64>(row + j * BYTES);
      bySignal += 2 * pull * load<f64>(kernels + pair);
      store<f64>(row + j * BYTES, pull * signal * load<f64>(slopes + pair));
    }
  }
  for (let lane = 0; lane < dimensions; lane += LANES) {
    byScale(inverse, count, step, points + lane * BYTES, dimensions * BYTES, result + lane * BYTES);
  }
  store<f64>(result + dimensions * BYTES, bySignal);
  store<f64>(result + dimensions * BYTES, byNoise, BYTES);
}

/** What a change of each covariance is worth, in place of the inverse. */
function pulls(inverse: usize, count: i32, step: i32, solved: usize, weights: usize, targets: i32): void {
  const factor = f64x2.splat(-targets);
  for (let i = 0; i < count; i++, inverse += step, solved += LANES * BYTES) {
    for (let lane = 0; lane <= i; lane += LANES) {
      const at = inverse + lane * BYTES;
      for (let offset = 0; offset < LANES * BYTES; offset += 16) {
        v128.store(at + offset, f64x2.mul(factor, v128.load(at + offset)));
      }
      combine(1, at, solved, BYTES, weights + lane * BYTES, step, targets);
    }
  }
}

/** Squared differences of every two points, times the number of the pair, summed up in a few lanes. */
function byScale(pairs: usize, count: i32, step: i32, points: usize, pointStep: i32, result: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  let sum3 = f64x2.splat(0);
  for (let i = 0, one = points; i < count; i++, one += pointStep, pairs += step) {
    const value0 = v128.load(one);
    const value1 = v128.load(one, 16);
    const value2 = v128.load(one, 32);
    const value3 = v128.load(one, 48);
    for (let j = 0, other = points; j < i; j++, other += pointStep) {
      const factor = v128.load64_splat(pairs + j * BYTES);
      const difference0 = f64x2.sub(value0, v128.load(other));
      const difference1 = f64x2.sub(value1, v128.load(other, 16));
      const difference2 = f64x2.sub(value2, v128.load(other, 32));
      const difference3 = f64x2.sub(value3, v128.load(other, 48));
      sum0 = f64x2.add(sum0, f64x2.mul(factor, f64x2.mul(difference0, difference0)));
      sum1 = f64x2.add(sum1, f64x2.mul(factor, f64x2.mul(difference1, difference1)));
      sum2 = f64x2.add(sum2, f64x2.mul(factor, f64x2.mul(difference2, difference2)));
      sum3 = f64x2.add(sum3, f64x2.mul(factor, f64x2.mul(difference3, difference3)));
    }
  }
  v128.store(result, sum0);
  v128.store(result, sum1, 16);
  v128.store(result, sum2, 32);
  v128.store(result, sum3, 48);
}
