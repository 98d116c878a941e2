import type { Rng } from "../../runtime/rng.js";

/**
 * `count` points of the unit cube, one in each of `count` equal slices of every coordinate
 * (McKay, Beckman and Conover, Technometrics 21, 1979).
 */
export function latinHypercube(count: number, dimensions: number, rng: Rng): Float64Array[] {
  const points = Array.from({ length: count }, () => new Float64Array(dimensions));
  const slices = Array.from({ length: count }, (_, slice) => slice);
  for (let dimension = 0; dimension < dimensions; dimension++) {
    for (const [index, slice] of rng.shuffle(slices).entries()) {
      const point = points[index];
      if (point !== undefined) point[dimension] = (slice + rng.uniform()) / count;
    }
  }
  return points;
}
