import { timesTransposed } from "./times-transposed.js";

/** Length scales a dimension, signal variance and noise variance, all as natural logarithms. */
export interface Hyperparameters {
  readonly logScales: Float64Array;
  readonly logSignal: number;
  readonly logNoise: number;
}

const ROOT5 = Math.sqrt(5);

/** Points in unit cubes, laid out one after the other: `count × dimensions` numbers. */
export interface PointSet {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

export function pointSet(points: readonly Float64Array[], dimensions: number): PointSet {
  const values = new Float64Array(points.length * dimensions);
  points.forEach((point, index) => values.set(point, index * dimensions));
  return { values, count: points.length, dimensions };
}

/** Each coordinate divided by its length scale. */
export function scaled({ values, count, dimensions }: PointSet, { logScales }: Hyperparameters): PointSet {
  const inverse = logScales.map((value) => Math.exp(-value));
  const divided = new Float64Array(values.length);
  for (let i = 0, k = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++, k++) divided[k] = (values[k] as number) * (inverse[d] as number);
  }
  return { values: divided, count, dimensions };
}

/** Matérn kernel with smoothness 5/2 and unit variance (Rasmussen and Williams 2006, equation 4.17). */
export function matern(r: number): number {
  const scaledDistance = ROOT5 * r;
  return (1 + scaledDistance * (1 + scaledDistance / 3)) * Math.exp(-scaledDistance);
}

/** The kernel, and its derivative by the logarithm of one length scale, over the squared scaled difference in that dimension. */
export function maternWithSlope(r: number): { readonly kernel: number; readonly scaleSlope: number } {
  const scaledDistance = ROOT5 * r;
  const decay = Math.exp(-scaledDistance);
  return {
    kernel: (1 + scaledDistance * (1 + scaledDistance / 3)) * decay,
    scaleSlope: (5 / 3) * (1 + scaledDistance) * decay,
  };
}

/** Values of the kernel by distance, up to where it is nothing. */
const STEPS_A_UNIT = 256;
const FARTHEST = 12;
const kernels = Float64Array.from({ length: FARTHEST * STEPS_A_UNIT + 2 }, (_, index) => matern(index / STEPS_A_UNIT));

/**
 * Signal variance times the kernel of every read with every point, a row a read, within 4e-6 of it, from a table: drawn functions
 * need no more.
 */
export function crossKernel(reads: PointSet, points: PointSet, signal: number): PointSet {
  const kernel = timesTransposed(reads, points);
  const [ofReads, ofPoints] = [squaredNorms(reads), squaredNorms(points)];
  for (let i = 0, k = 0; i < reads.count; i++) {
    for (let j = 0; j < points.count; j++, k++) {
      const squared = (ofReads[i] as number) + (ofPoints[j] as number) - 2 * (kernel.values[k] as number);
      const place = Math.min(FARTHEST, Math.sqrt(Math.max(0, squared))) * STEPS_A_UNIT;
      const index = Math.floor(place);
      const near = kernels[index] as number;
      kernel.values[k] = signal * (near + (place - index) * ((kernels[index + 1] as number) - near));
    }
  }
  return kernel;
}

function squaredNorms({ values, count, dimensions }: PointSet): Float64Array {
  const norms = new Float64Array(count);
  for (let i = 0, k = 0; i < count; i++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++, k++) sum += (values[k] as number) ** 2;
    norms[i] = sum;
  }
  return norms;
}
