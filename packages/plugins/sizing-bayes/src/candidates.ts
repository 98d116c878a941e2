import type { Dimension, Rng } from "@topogenie/core";
import type { KnownPoints } from "./known-points.js";
import type { PointSet } from "./matern-kernel.js";

/** Coordinates moved in a candidate, on average: in many dimensions moving all of them at once rarely betters anything. */
const MOVED = 20;

/** Smallest part of the region's sides that a candidate keeps to. */
const NEAREST = 1 / 32;

/**
 * Random points of the trust region: a box round the centre whose sides follow the length scales, with volume lengthᵈ. Each moves
 * a random part of the coordinates (TuRBO, section 2 and supplement). Beyond what TuRBO does, half of them keep to a smaller box,
 * of any size alike, so that the model may be followed to a minimum before the region has shrunk to it; and what would fall
 * outside the unit cube is put onto its faces, where the best sizes often lie. Points in `known` are left out, and
 * those that are drawn are known from then on. A small discrete region may be exhausted: where fewer than `least` are found, points
 * from anywhere, known or not, make up for them.
 */
export function drawCandidates(
  centre: Float64Array,
  length: number,
  logScales: Float64Array,
  dimensions: readonly Dimension[],
  [least, most]: readonly [least: number, most: number],
  known: KnownPoints,
  rng: Rng,
): PointSet {
  const n = centre.length;
  const meanLog = logScales.reduce((sum, value) => sum + value, 0) / n;
  const sides = logScales.map((value) => length * Math.exp(value - meanLog));
  const steps = Float64Array.from(dimensions.map(({ levels = Infinity }) => levels - 1));
  const share = Math.min(1, MOVED / n);
  const values = new Float64Array(most * n);
  let count = 0;
  for (let draw = 0; draw < most; draw++) {
    const reach = draw % 2 === 0 ? 1 : NEAREST ** rng.uniform();
    const always = rng.integer(n);
    for (let d = 0, at = count * n; d < n; d++, at++) {
      const from = centre[d] as number;
      const isMoved = share >= 1 || d === always || rng.uniform() < share;
      const moved = isMoved ? from + reach * (sides[d] as number) * (rng.uniform() - 0.5) : from;
      values[at] = snapped(Math.min(1, Math.max(0, moved)), steps[d] as number);
    }
    if (known.add(values, count * n)) count++;
  }
  for (; count < least; count++) {
    for (let d = 0, at = count * n; d < n; d++, at++) values[at] = snapped(rng.uniform(), steps[d] as number);
  }
  return { values: values.subarray(0, count * n), count, dimensions: n };
}

/** Onto the nearest level; core's `snapToLevels` without an array a point, of which there are a hundred a look. */
function snapped(coordinate: number, steps: number): number {
  if (steps === Infinity) return coordinate;
  return steps < 1 ? 0 : Math.round(coordinate * steps) / steps;
}
