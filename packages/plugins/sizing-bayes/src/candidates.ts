import { snapToLevels, type Dimension, type Rng } from "@topogenie/core";
import type { KnownPoints } from "./known-points.js";

/** Coordinates moved in a candidate, on average: in many dimensions moving all of them at once rarely betters anything. */
const MOVED = 20;

/** Smallest part of the region's sides that a candidate keeps to. */
const NEAREST = 1 / 32;

/**
 * Random points of the trust region: a box round the centre whose sides follow the length scales, with volume lengthᵈ. Each moves
 * a random part of the coordinates (TuRBO, section 2 and supplement). Beyond what TuRBO does, half of them keep to a smaller box,
 * of any size alike, so that the model may be followed to a minimum before the region has shrunk to it; and what would fall
 * outside the unit cube is put onto its faces, where the best sizes often lie. Points in `known` are left out, and
 * those that are drawn are known from then on.
 */
export function drawCandidates(
  centre: Float64Array,
  length: number,
  logScales: Float64Array,
  dimensions: readonly Dimension[],
  count: number,
  known: KnownPoints,
  rng: Rng,
): Float64Array[] {
  const meanLog = logScales.reduce((sum, value) => sum + value, 0) / logScales.length;
  const sides = logScales.map((value) => length * Math.exp(value - meanLog));
  const share = Math.min(1, MOVED / centre.length);
  const found: Float64Array[] = [];
  for (let draw = 0; draw < count; draw++) {
    const reach = draw % 2 === 0 ? 1 : NEAREST ** rng.uniform();
    const always = rng.integer(centre.length);
    const point = centre.map((at, d) => {
      if (share < 1 && d !== always && rng.uniform() >= share) return at;
      const moved = at + reach * (sides[d] ?? 0) * (rng.uniform() - 0.5);
      return Math.min(1, Math.max(0, moved));
    });
    const snapped = snapToLevels(point, dimensions);
    if (known.add(snapped)) found.push(snapped);
  }
  return found;
}
