import type { Dimension } from "../../contracts/sizing-optimizer.js";

/** A copy of a point of the unit cube, moved to the nearest level in each dimension that has levels. */
export function snapToLevels(point: Float64Array, dimensions: readonly Dimension[]): Float64Array {
  return point.map((coordinate, index) => {
    const levels = dimensions[index]?.levels;
    if (levels === undefined) return coordinate;
    return levels < 2 ? 0 : Math.round(coordinate * (levels - 1)) / (levels - 1);
  });
}
