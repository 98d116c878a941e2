/**
 * Integral of `y · weight(x)` from `from` to `to` by the trapezoidal rule on the samples given, with the ends found by straight
 * lines. `x` ascends, not necessarily evenly, as the points of a transient analysis do.
 */
export function integral(
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  weight: (x: number) => number = () => 1,
): number {
  let sum = 0;
  for (let index = 1; index < x.length; index++) {
    const [x0, x1] = [x[index - 1] ?? 0, x[index] ?? 0];
    const [start, end] = [Math.max(x0, from), Math.min(x1, to)];
    if (!(end > start)) continue;
    const [y0, y1] = [y[index - 1] ?? 0, y[index] ?? 0];
    const at = (position: number): number => (y0 + ((y1 - y0) * (position - x0)) / (x1 - x0)) * weight(position);
    sum += ((at(start) + at(end)) / 2) * (end - start);
  }
  return sum;
}

/** Mean of `y` over a span of `x`. */
export function mean(x: Float64Array, y: Float64Array, from: number, to: number): number {
  return integral(x, y, from, to) / (to - from);
}
