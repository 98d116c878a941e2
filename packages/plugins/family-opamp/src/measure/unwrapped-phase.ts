/** Phase of each point in degrees without jumps: the first in (-180, 180], each next within 180 of the one before. */
export function unwrappedPhase(re: Float64Array, im: Float64Array): Float64Array {
  const degrees = new Float64Array(re.length);
  for (let index = 0; index < re.length; index++) {
    const phase = (Math.atan2(im[index] ?? 0, re[index] ?? 0) * 180) / Math.PI;
    const before = degrees[index - 1] ?? phase;
    degrees[index] = phase + 360 * Math.round((before - phase) / 360);
  }
  return degrees;
}

/** The value at a position between two points. */
export function atPosition(values: Float64Array, position: number): number {
  const index = Math.floor(position);
  const before = values[index] ?? Number.NaN;
  const after = values[index + 1] ?? before;
  return before + (position - index) * (after - before);
}
