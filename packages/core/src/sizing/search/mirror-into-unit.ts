/**
 * The image in [0, 1] of any real number when the ends of the interval are mirrors: 1.1 becomes 0.9. Searching the mirrored
 * landscape without bounds keeps the distribution normal, unlike clipping, and an optimum on a bound stays one.
 */
export function mirrorIntoUnit(coordinate: number): number {
  const folded = Math.abs(coordinate) % 2;
  return folded > 1 ? 2 - folded : folded;
}
