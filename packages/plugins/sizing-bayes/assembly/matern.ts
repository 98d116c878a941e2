import { BYTES } from "./lanes";
import { exp } from "./math";
import { readTable } from "./table";

const ROOT5 = sqrt<f64>(5);

/** Values of the kernel by distance, up to where it is nothing. */
const STEPS_A_UNIT = 256;
const FARTHEST = 12;
const kernels = memory.data((FARTHEST * STEPS_A_UNIT + 2) * sizeof<f64>(), 16);
for (let index = 0; index < FARTHEST * STEPS_A_UNIT + 2; index++) {
  const distance = (ROOT5 * <f64>index) / STEPS_A_UNIT;
  store<f64>(kernels + index * BYTES, unit(distance) * exp(-distance));
}

function unit(scaledDistance: f64): f64 {
  return 1 + scaledDistance * (1 + scaledDistance / 3);
}

/**
 * Distances of every two points, the earlier one's row leading: the upper triangle of `distances`, count × width.
 * @param points a row of `width` numbers a dimension
 * @param weights of the squared differences, a number a dimension
 */
export function pairDistances(points: usize, weights: usize, dimensions: i32, count: i32, width: i32, distances: usize): void {
  const step = width * BYTES;
  for (let j = 0; j < count; j++, distances += step) {
    for (let offset = (j - (j % 2)) * BYTES; offset < step; offset += 16) {
      let sum = f64x2.splat(0);
      let row = points;
      for (let d = 0; d < dimensions; d++, row += step) {
        const difference = f64x2.sub(v128.load(row + offset), v128.load64_splat(row + j * BYTES));
        sum = f64x2.add(sum, f64x2.mul(f64x2.mul(difference, difference), v128.load64_splat(weights + d * BYTES)));
      }
      v128.store(distances + offset, f64x2.sqrt(sum));
    }
  }
}

/**
 * Of every two points, in upper triangles like their distances: the Matérn kernel with smoothness 5/2 and unit variance (Rasmussen
 * and Williams 2006, equation 4.17), in place of the distances, and its derivative by the logarithm of one length scale over the
 * squared scaled difference in that dimension.
 */
export function pairKernels(distances: usize, count: i32, width: i32, slopes: usize): void {
  const step = width * BYTES;
  for (let j = 0; j < count; j++, distances += step, slopes += step) {
    for (let i = j + 1; i < count; i++) {
      const distance = ROOT5 * load<f64>(distances + i * BYTES);
      const decay = exp(-distance);
      store<f64>(distances + i * BYTES, unit(distance) * decay);
      store<f64>(slopes + i * BYTES, (5.0 / 3.0) * (1 + distance) * decay);
    }
  }
}

/** Of points that have these kernels with each other: the upper triangle of `matrix`. */
export function covariance(pairs: usize, count: i32, width: i32, signal: f64, noise: f64, matrix: usize): void {
  const step = width * BYTES;
  const signals = f64x2.splat(signal);
  for (let j = 0; j < count; j++, pairs += step, matrix += step) {
    for (let offset = (j - (j % 2)) * BYTES; offset < step; offset += 16) {
      v128.store(matrix + offset, f64x2.mul(signals, v128.load(pairs + offset)));
    }
    store<f64>(matrix + j * BYTES, signal + noise);
  }
}

/**
 * Signal variance times the kernel of points with reads, within 4e-6 of it: drawn functions need no more. In place of the points'
 * inner products with the reads, a row of `width` numbers a point.
 */
export function crossKernel(
  products: usize,
  points: usize,
  pointsWidth: i32,
  count: i32,
  reads: usize,
  width: i32,
  dimensions: i32,
  norms: usize,
  signal: f64,
): void {
  const step = width * BYTES;
  for (let offset = 0; offset < step; offset += 16) {
    let sum = f64x2.splat(0);
    for (let row = reads + offset, d = 0; d < dimensions; d++, row += step) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(row), v128.load(row)));
    }
    v128.store(norms + offset, sum);
  }
  const signals = f64x2.splat(signal);
  for (let j = 0; j < count; j++, products += step) {
    let norm: f64 = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = load<f64>(points + (d * pointsWidth + j) * BYTES);
      norm += value * value;
    }
    for (let offset = 0; offset < step; offset += 16) {
      const product = v128.load(products + offset);
      const squares = f64x2.sub(f64x2.add(v128.load(norms + offset), f64x2.splat(norm)), f64x2.add(product, product));
      const distances = f64x2.min(f64x2.splat(FARTHEST), f64x2.sqrt(f64x2.max(f64x2.splat(0), squares)));
      const values = readTable(kernels, f64x2.mul(distances, f64x2.splat(STEPS_A_UNIT)));
      v128.store(products + offset, f64x2.mul(signals, values));
    }
  }
}
