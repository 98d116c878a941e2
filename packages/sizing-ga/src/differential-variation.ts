import type { Rng } from "@topogenie/core";

type Point = Float64Array;

/**
 * A parent moved by the scaled difference of two others (Storn and Price, "Differential evolution", Journal of Global
 * Optimization 11, 1997): steps take the direction and length in which the population lies, which helps where variables
 * must change together. A coordinate that would leave the cube is bounced back by a random part of the way.
 * @param weight how much of the difference is taken
 * @param rate probability that a coordinate moves; one always does
 */
export function differentialVariation(base: Point, one: Point, other: Point, weight: number, rate: number, rng: Rng): Point {
  const child = base.slice();
  const always = rng.integer(base.length);
  for (let i = 0; i < base.length; i++) {
    if (rng.uniform() >= rate && i !== always) continue;
    const at = base[i] ?? 0;
    const moved = at + weight * ((one[i] ?? 0) - (other[i] ?? 0));
    child[i] = moved < 0 ? at * rng.uniform() : moved > 1 ? at + (1 - at) * rng.uniform() : moved;
  }
  return child;
}
