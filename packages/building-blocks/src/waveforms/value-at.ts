/** The waveform's value at a position, by a straight line between the samples around it; its first or last beyond the ends. */
export function valueAt(x: Float64Array, y: Float64Array, position: number): number {
  let [low, high] = [0, x.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  const [x0, x1] = [x[low] ?? 0, x[high] ?? 0];
  const [y0, y1] = [y[low] ?? Number.NaN, y[high] ?? Number.NaN];
  if (position <= x0 || x1 === x0) return y0;
  return position >= x1 ? y1 : y0 + ((y1 - y0) * (position - x0)) / (x1 - x0);
}
