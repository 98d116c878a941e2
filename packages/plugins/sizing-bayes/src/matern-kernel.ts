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

/** Distance of point `i` of one scaled set from point `j` of another. */
export function distance(a: PointSet, i: number, b: PointSet, j: number): number {
  const { dimensions } = a;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = (a.values[i * dimensions + d] as number) - (b.values[j * dimensions + d] as number);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
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
