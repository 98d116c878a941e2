/** `y` at a place between samples, by straight lines; `x` ascends. NaN outside. */
export function valueAt(x: Float64Array, y: Float64Array, place: number): number {
  const after = x.findIndex((value) => value >= place);
  const [x1, y1] = [x[after], y[after]];
  if (x1 === undefined || y1 === undefined) return Number.NaN;
  const [x0, y0] = [x[after - 1], y[after - 1]];
  if (x0 === undefined || y0 === undefined) return x1 === place ? y1 : Number.NaN;
  return y0 + ((y1 - y0) * (place - x0)) / (x1 - x0);
}
